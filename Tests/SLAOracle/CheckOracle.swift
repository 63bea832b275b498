import SLA

/// Semantics §3.1 to §3.3 for one check from one vantage point: each pass by itself, and together tick by tick.
package struct CheckOracle {
    private let passes: [PassOracle]
    private let index: Int
    private let vantage: String?
    private let world: World

    /// What a tick is, as measured and at the bounds.
    package struct View: Equatable {
        package var state: State
        package var isDownAtShortest = false
        package var longest: State
        /// Whether the last sample said that it was down, and nothing that it was not for long enough.
        package var isFailing = false
        /// Whether too few samples said that it was down, and the next one that it was not.
        package var isInTransient = false

        package static let uncovered = View(state: .unmeasured, longest: .unmeasured)
    }

    package enum State: Equatable { case up, down, unmeasured }

    /// A time in which samples leave the series.
    package struct Void {
        package let from: Int64
        package let to: Int64
        /// The family that it takes; nil for all.
        package let family: IPFamily?

        func takes(_ sample: Sample) -> Bool { family == nil || family == sample.family }
    }

    /// The samples of the check `index` of `world` from `vantage` that exist there; nil is the one without a name.
    package init(_ index: Int, from vantage: String?, in world: World) {
        let (watch, name) = (world.checks[index], "check\(index)")
        self.index = index
        self.vantage = vantage
        self.world = world
        let known = watch.samples(from: vantage).filter { $0.at.milliseconds <= world.asOf }
        let ends = vantage == nil ? watch.ends : watch.posts.first { $0.name == vantage }?.ends ?? [:]
        let voids = world.corrections.filter { $0.kind == .void && world.applies($0) }.flatMap { correction in
            correction.scope.flatMap { term -> [Void] in
                let (from, to) = (correction.interval.start.milliseconds, correction.interval.end.milliseconds)
                switch term.text {
                case "check:web/\(name)": return [Void(from: from, to: to, family: nil)]
                case "vantage:\(vantage ?? "?")": return [Void(from: from, to: to, family: nil)]
                case let text where text.hasPrefix("vantage:"): return []
                case "family:ipv4": return [Void(from: from, to: to, family: .ipv4)]
                case "family:ipv6": return [Void(from: from, to: to, family: .ipv6)]
                default:
                    return world.stretches.filter { world.names([term.text], at: $0.lowerBound) }
                        .filter { max($0.lowerBound, from) < min($0.upperBound, to) }
                        .map { Void(from: max($0.lowerBound, from), to: min($0.upperBound, to), family: nil) }
                }
            }
        }
        let reading = { (at: Int64) in Self.reading(of: index, from: vantage, in: world, at: at) }
        let leaves = Self.stretches(in: world) { reading($0) != nil }.map(\.upperBound)
        passes = Set(known.map(\.pass)).sorted().map { pass in
            PassOracle(
                known.filter { $0.pass == pass }, voids: voids, end: ends[pass], leaves: leaves,
                reading: reading)
        }
    }

    // MARK: - Membership (§3.2)

    /// How what `vantage` takes of the check `index` at `at` is read; nil where it does not probe it.
    private static func reading(
        of index: Int, from vantage: String?, in world: World, at: Int64
    ) -> World.Reading? {
        guard let reading = world.rules(at: at).checks[index] else { return nil }
        let names: [String?] = reading.vantages.isEmpty ? [nil] : reading.vantages
        return names.contains(vantage) ? reading : nil
    }

    /// The time in which `condition` holds; each stretch as long as can be.
    static func stretches(in world: World, where condition: (Int64) -> Bool) -> [Range<Int64>] {
        var found: [Range<Int64>] = []
        for stretch in world.stretches where condition(stretch.lowerBound) {
            if let last = found.last, last.upperBound == stretch.lowerBound {
                found[found.count - 1] = last.lowerBound..<stretch.upperBound
            } else {
                found.append(stretch)
            }
        }
        return found
    }

    /// When samples of it were taken that are in the series.
    var taken: [Int64] { passes.flatMap(\.samples).map(\.at.milliseconds) }

    /// Whether `vantage` probes the check just before `at`.
    func isProbing(before at: Int64) -> Bool {
        Self.reading(of: index, from: vantage, in: world, at: at - 1) != nil
    }

    /// Whether it was down last before `at`, by `views` of the ticks from `start` on; nil where it was neither up nor down.
    func wasDown(before at: Int64, _ views: [View], from start: Int64) -> Bool? {
        let last = (0..<max(0, Int((at - start + world.tick - 1) / world.tick))).last { index in
            index < views.count && (views[index].isFailing || views[index].state == .up)
        }
        return last.map { views[$0].isFailing }
    }

    /// Whether the vantage point is one of the check's in each of the ticks that begin at `start`, `start + tick`, …, of
    /// which `views` are what it saw; the first of them is before all its samples.
    ///
    /// - Parameter begins: when the check itself becomes part of the service: who is recorded with it waits for nothing.
    func isPart(_ views: [View], from start: Int64, together begins: Set<Int64> = []) -> [Bool] {
        let stretches = Self.stretches(in: world) {
            Self.reading(of: index, from: vantage, in: world, at: $0) != nil
        }
        return Self.parts(
            stretches, taken: taken, in: world, views.count, from: start, together: begins
        ) { wasDown(before: $0, views, from: start) ?? false }
    }

    /// Whether who is recorded in `stretches` is part in each of `count` ticks from `start` on: from the first of the
    /// samples `taken` in a stretch to its end; and as a hole after it, where it was down then, to its next sample or the
    /// end of the month.
    static func parts(
        _ stretches: [Range<Int64>], taken: [Int64], in world: World, _ count: Int, from start: Int64,
        together begins: Set<Int64> = [], wasDown: (Int64) -> Bool
    ) -> [Bool] {
        var parts: [Range<Int64>] = []
        for stretch in stretches {
            let left = stretch.upperBound
            let isThere = stretch.lowerBound == .min || begins.contains(stretch.lowerBound)
            let joined = isThere ? stretch.lowerBound : taken.filter { stretch.lowerBound <= $0 }.min() ?? .max
            if joined < left { parts.append(joined..<left) }
            guard left < .max else { continue }
            let hole = min(world.endOfMonth(of: left), taken.filter { left <= $0 }.min() ?? .max)
            if wasDown(left), left < hole { parts.append(left..<hole) }
        }
        return (0..<count).map { tick in
            let at = start + Int64(tick) * world.tick
            return parts.contains { $0.contains(at) }
        }
    }

    /// What each of the ticks that begin at `start`, `start + tick`, … before `end` is: down where any pass says so,
    /// else unmeasured where any does, else up; unmeasured where none says anything.
    package func views(from start: Int64, to end: Int64, tick: Int64) -> [View] {
        let all = passes.map { $0.views(from: start, to: end, tick: tick) }
        return (0..<max(0, Int((end - start + tick - 1) / tick))).map { index in
            let said = all.compactMap { $0[index] }
            return View(
                state: Self.worst(said.map(\.state)), isDownAtShortest: said.contains { $0.isDownAtShortest },
                longest: Self.worst(said.map(\.longest)), isFailing: said.contains { $0.isFailing },
                isInTransient: said.contains { $0.isInTransient })
        }
    }

    private static func worst(_ states: [State]) -> State {
        states.contains(.down) ? .down : states.contains(.unmeasured) || states.isEmpty ? .unmeasured : .up
    }

    /// When each transient begins.
    package var transients: [Int64] { passes.flatMap(\.transients) }
}

extension World {
    /// The stretches of time in which the rules are the same.
    var stretches: [Range<Int64>] {
        let starts = [.min] + rules.dropFirst().map(\.from)
        return zip(starts, starts.dropFirst() + [.max]).map { $0..<$1 }
    }

    /// What names the service where nothing ever changed.
    private static let words: Set = ["all", "service:web", "customer:acme", "group:rack-3"]

    /// Whether any of `scope` names the service as it is at `at`.
    func names(_ scope: [String], at: Int64) -> Bool {
        if rules.isEmpty { return scope.contains { Self.words.contains($0) } }
        let rules = rules(at: at)
        return ["all", "service:web", "customer:\(rules.customer)", "group:\(rules.group)"]
            .contains { scope.contains($0) }
    }

    /// The end of the month that `at` lies in, as far as it matters here.
    func endOfMonth(of at: Int64) -> Int64 {
        ([monthStart] + zone.monthStarts(inside: month).map { $0 * 1000 } + [monthEnd]).first { at < $0 } ?? .max
    }

    /// Whether `correction` is known at `as_of`, stands then, and rests on something.
    func applies(_ correction: Correction) -> Bool {
        if let recorded = correction.recordedAt, recorded.milliseconds > asOf { return false }
        if let revoked = correction.revocation?.at, revoked.milliseconds <= asOf { return false }
        return correction.recordedBy == "availd" || correction.evidence != ""
    }

    /// Whether the service is down at `at` since somebody recorded so.
    func isRecordedDown(at: Int64) -> Bool {
        corrections.contains { correction in
            correction.kind == .downtime && applies(correction)
                && names(correction.scope.map(\.text), at: at)
                && correction.interval.start.milliseconds <= at && at < correction.interval.end.milliseconds
        }
    }
}
