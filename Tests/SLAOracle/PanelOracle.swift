import SLA

/// Semantics §3.7 for one check: what its vantage points saw, counted tick by tick.
struct PanelOracle {
    private let index: Int
    private let world: World
    private let oracles: [CheckOracle]
    /// Whether it only ever had one vantage point.
    let isSingle: Bool

    init(_ index: Int, in world: World) {
        self.index = index
        self.world = world
        var names: [String?] = []
        for reading in ([world.rules(at: .min)] + world.rules).compactMap({ $0.checks[index] }) {
            for name in reading.vantages.isEmpty ? [nil] : reading.vantages.map(Optional.some)
            where !names.contains(name) {
                names.append(name)
            }
        }
        if names.isEmpty { names = [nil] }
        isSingle = names.count == 1
        oracles = names.map { CheckOracle(index, from: $0, in: world) }
    }

    /// The transients of the only vantage point, by their beginnings.
    var transients: [Int64] { isSingle ? oracles.flatMap(\.transients) : [] }

    /// What its vantage points saw in ticks, and which of them were its own. A month has many, and none is copied.
    final class Seen {
        fileprivate let isSingle: Bool
        fileprivate let views: [[CheckOracle.View]]
        fileprivate let parts: [[Bool]]?
        /// Whether the check was part of the service; nil where it always was.
        fileprivate let part: [Bool]?

        fileprivate init(isSingle: Bool, views: [[CheckOracle.View]], parts: [[Bool]]?, part: [Bool]?) {
            (self.isSingle, self.views, self.parts, self.part) = (isSingle, views, parts, part)
        }

        /// How many ticks there are.
        var count: Int { views.first?.count ?? 0 }

        func isPart(_ tick: Int) -> Bool { part?[tick] ?? true }

        /// What they say together of `tick`, where it is down from at least `quorum`.
        func view(_ tick: Int, by quorum: Int) -> CheckOracle.View {
            if isSingle { return views[0][tick] }
            let own = views.indices.filter { parts?[$0][tick] ?? true }.map { views[$0][tick] }
            if own.isEmpty { return .uncovered }
            let needed = min(quorum, own.count)
            func together(_ states: [CheckOracle.State]) -> CheckOracle.State {
                if states.count(where: { $0 == .down }) >= needed { return .down }
                return states.count { $0 == .up } > own.count - needed ? .up : .unmeasured
            }
            let state = together(own.map(\.state))
            return CheckOracle.View(
                state: state, isDownAtShortest: own.count(where: \.isDownAtShortest) >= needed,
                longest: together(own.map(\.longest)),
                isInTransient: state == .up && own.count { $0.state == .down || $0.isInTransient } >= needed)
        }
    }

    /// What was seen in each of the ticks that begin at `start`, `start + tick`, … before `end`.
    func seen(from start: Int64, to end: Int64) -> Seen {
        let views = oracles.map { $0.views(from: start, to: end, tick: world.tick) }
        guard !world.rules.isEmpty else { return Seen(isSingle: isSingle, views: views, parts: nil, part: nil) }
        let own = CheckOracle.stretches(in: world) { world.rules(at: $0).checks[index] != nil }
        // Who is recorded with the check waits for nothing, and the check itself for its first sample.
        let together = isSingle ? [] : Set(own.map(\.lowerBound))
        let parts = zip(oracles, views).map { $0.isPart($1, from: start, together: together) }
        if isSingle { return Seen(isSingle: true, views: views, parts: nil, part: parts[0]) }
        let quorum = world.rules.compactMap { $0.checks[index]?.downFrom }.min() ?? 1
        let part = CheckOracle.parts(
            own, taken: oracles.flatMap(\.taken), in: world, views.first?.count ?? 0, from: start
        ) { left in
            let last = zip(oracles, views).filter { $0.0.isProbing(before: left) }
            return last.count { $0.wasDown(before: left, $1, from: start) == true } >= min(quorum, last.count)
        }
        return Seen(isSingle: false, views: views, parts: parts, part: part)
    }
}

/// How the service's state is made up, in force at a tick: the mode, and each check's quorum; nil of one that is not there.
struct Making: Equatable {
    private var mode: CheckMode
    private var quorums: [Int?]

    init(_ rules: World.Rules) {
        (mode, quorums) = (rules.mode, rules.checks.map { $0?.downFrom })
    }

    /// From how many vantage points the check `index` is down at least.
    func quorum(_ index: Int) -> Int { quorums[index] ?? 1 }

    /// Nobody waits for a check that comes or goes.
    mutating func takeChecks(of said: Making) {
        for index in quorums.indices where said.quorums[index] == nil || quorums[index] == nil {
            quorums[index] = said.quorums[index]
        }
    }

    /// In mode `all` the first of these that any check is in that is part of the service, else up; `any` is the mirror;
    /// unmeasured where none is part.
    func state(
        _ panels: [PanelOracle.Seen], _ tick: Int, _ part: (CheckOracle.View) -> CheckOracle.State
    ) -> CheckOracle.State {
        var found: CheckOracle.State?
        let first: CheckOracle.State = mode == .all ? .down : .up
        for check in panels.indices where panels[check].isPart(tick) {
            let state = part(panels[check].view(tick, by: quorum(check)))
            if state == first { return first }
            if found != .unmeasured { found = state }
        }
        return found ?? .unmeasured
    }
}
