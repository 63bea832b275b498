import SLA

/// Semantics §2 to §7 the slow way: every tick of the period is looked at on its own and put into its class, and
/// the figures are what was counted. It shares no code with the implementation.
package struct Oracle {
    package let world: World
    private let claims: [Claim]
    private let paid: [Range<Int64>]
    /// What judges the month.
    private let promise: World.Promise
    private let objective: (digits: Int64, scale: Int64)

    /// The table of §4, in its order.
    package static let categories: [ExclusionCategory] = [
        .scheduledMaintenance, .emergencyMaintenance, .suspension, .customerMisconfiguration, .forceMajeure,
        .thirdParty,
    ]

    /// What an admitted exclusion claims; of maintenance, with its notice.
    private struct Claim {
        let category: Int
        let range: Range<Int64>
        let noticeAt: Int64?
        let scope: [String]
    }

    /// Ticks from `first` on.
    private struct Ticks {
        let first: Int64
        let length: Int64
        var all: [Tick] = []

        subscript(at: Int64) -> Tick? {
            let index = Int((at - first) / length)
            return at >= first && index < all.count ? all[index] : nil
        }
    }

    package init(_ world: World) {
        self.world = world
        paid = world.paid
        promise = Self.judging(world)
        objective = Self.objective(promise.objective)
        claims = world.exclusions.filter { Self.isKnown($0, in: world) && Self.refusal(of: $0, in: world) == nil }
            .map { exclusion in
                let category = Self.categories.firstIndex(of: exclusion.category) ?? Self.categories.count
                return Claim(
                    category: category,
                    range: exclusion.interval.start.milliseconds..<exclusion.interval.end.milliseconds,
                    noticeAt: category < 2 ? exclusion.noticeAt?.milliseconds : nil,
                    scope: exclusion.scope.map(\.text))
            }
    }

    /// Whether `exclusion` exists at `as_of`, and was not revoked by then.
    private static func isKnown(_ exclusion: Exclusion, in world: World) -> Bool {
        if let recorded = exclusion.recordedAt, recorded.milliseconds > world.asOf { return false }
        if let revoked = exclusion.revokedAt, revoked.milliseconds <= world.asOf { return false }
        return true
    }

    /// What is promised at the first instant of the month that is paid for, or at its beginning where none is (§3.2).
    private static func judging(_ world: World) -> World.Promise {
        var first: Int64?
        for term in world.paid {
            let begin = max(term.lowerBound, world.monthStart)
            if begin < min(term.upperBound, world.monthEnd), begin < first ?? .max { first = begin }
        }
        return world.promise(at: first ?? world.monthStart)
    }

    /// Why `exclusion` is not admitted.
    private static func refusal(of exclusion: Exclusion, in world: World) -> String? {
        let leads = world.promise(at: exclusion.noticeAt?.milliseconds ?? 0).notice
        let required: Int64
        switch exclusion.category {
        case .scheduledMaintenance: required = leads.scheduled
        case .emergencyMaintenance: required = leads.emergency
        default: return exclusion.evidence == "" ? "no evidence" : nil
        }
        guard let notice = exclusion.noticeAt else { return "no notice" }
        let lead = exclusion.interval.start.milliseconds - notice.milliseconds
        if lead < required { return "\(lead) of \(required) ms" }
        if exclusion.plan != nil, lead > leads.recurringAtMost {
            return "\(lead) over \(leads.recurringAtMost) ms"
        }
        if let recorded = exclusion.recordedAt, notice < recorded, exclusion.evidence == "" {
            return "unproven notice"
        }
        return nil
    }

    private func isPaid(_ at: Int64) -> Bool {
        for term in paid where term.contains(at) { return true }
        return false
    }

    /// The first category whose admitted exclusions hold `at`, when the service was down since `began`, if it was.
    private func category(at: Int64, downSince began: Int64?) -> Int? {
        var first: Int?
        for claim in claims where claim.range.contains(at) && claim.category < first ?? .max {
            if !world.names(claim.scope, at: at) { continue }
            if let notice = claim.noticeAt, let began, began < notice { continue }
            first = claim.category
        }
        return first
    }

    /// What the service is in one tick.
    private struct Tick {
        var state: CheckOracle.State
        var longest: CheckOracle.State
        var isDownAtShortest: Bool
        /// Where it is down, since when it was, with nothing but unmeasured time in between.
        var began: Int64?
    }

    /// The first tick of which anything is known, or the month's first.
    private var firstTick: Int64 {
        let known =
            world.checks.flatMap { ($0.samples + $0.posts.flatMap(\.samples)).map(\.at.milliseconds) }
            + world.corrections.map(\.interval.start.milliseconds) + world.rules.dropFirst().map(\.from)
        let before = world.monthStart - min(world.monthStart, known.min() ?? world.monthStart)
        return world.monthStart - (before + world.tick - 1) / world.tick * world.tick
    }

    /// Every tick from the first of which anything is known, before the month, to `end`: an outage may have begun then, a
    /// mode may have waited since then, and a check may have left. And the beginnings of transients that several vantage
    /// points make.
    private func ticks(_ oracles: [PanelOracle], until end: Int64) -> (ticks: Ticks, transients: [Int64]) {
        var ticks = Ticks(first: firstTick, length: world.tick)
        let panels = oracles.map { $0.seen(from: ticks.first, to: end) }
        var making = Making(world.rules(at: .min))
        var began: Int64?
        var transients: [Int64] = []
        var failing = panels.map { _ in false }
        let several = panels.indices.filter { !oracles[$0].isSingle }
        for index in 0..<(panels.first?.count ?? 0) {
            let at = ticks.first + Int64(index) * world.tick
            let isRecordedDown = world.isRecordedDown(at: at)
            if !world.rules.isEmpty {
                let said = Making(world.rules(at: at))
                making.takeChecks(of: said)
                if said != making, !isRecordedDown, making.state(panels, index, \.state) == .up { making = said }
            }
            var tick = Tick(state: .down, longest: .down, isDownAtShortest: true)
            if !isRecordedDown {
                tick.state = making.state(panels, index, \.state)
                tick.longest = making.state(panels, index, \.longest)
                tick.isDownAtShortest =
                    making.state(panels, index) { $0.isDownAtShortest ? .down : .up } == .down
            }
            for check in several {
                let isFailing = panels[check].view(index, by: making.quorum(check)).isInTransient
                if isFailing, !failing[check] { transients.append(at) }
                failing[check] = isFailing
            }
            switch tick.state {
            case .down: began = began ?? at
            case .up: began = nil
            case .unmeasured: break
            }
            tick.began = tick.state == .down ? began : nil
            ticks.all.append(tick)
        }
        return (ticks, transients)
    }

    /// The figures of the month.
    package func row() -> Row {
        var row = Row()
        let end = min(world.monthEnd, world.asOf)
        let oracles = world.checks.indices.map { PanelOracle($0, in: world) }
        let (ticks, transients) = ticks(oracles, until: end)
        var bounds = Bounds()
        var at = world.monthStart
        while at < end {
            if isPaid(at), let tick = ticks[at] { count(at, tick, into: &row, &bounds) }
            at += world.tick
        }
        row.longestOutage = row.outages.map { $0.upperBound - $0.lowerBound }.max() ?? 0
        row.transients = (oracles.flatMap(\.transients) + transients).count { begin in
            world.monthStart <= begin && begin < end && isPaid(begin)
        }
        judge(&row, bounds)
        name(&row, until: end)
        row.budget = allowance(ticks, until: end, spent: row.down)
        return row
    }

    /// What §5 calls N, down and unmeasured in the longest, and down in the shortest, in ms.
    private struct Bounds {
        var whole: Int64 = 0
        var longest: Int64 = 0
        var unmeasured: Int64 = 0
        var shortest: Int64 = 0
    }

    /// Puts the tick at `at`, which is committed, where it belongs.
    private func count(_ at: Int64, _ seen: Tick, into row: inout Row, _ bounds: inout Bounds) {
        let tick = world.tick
        let state = seen.state
        let category = category(at: at, downSince: seen.began)
        row.committed += tick
        if state == .down {
            if let last = row.outages.last, last.upperBound == at {
                row.outages[row.outages.count - 1] = last.lowerBound..<at + tick
            } else {
                row.outages.append(at..<at + tick)
            }
        }
        switch (promise.policy, category, state) {
        case (.removed, .some(let category), _), (.forgiven, .some(let category), .down):
            row.excluded[category] += tick
        case (_, _, .unmeasured): row.unmeasured += tick
        case (_, _, .down): row.down += tick
        case (_, _, .up): row.up += tick
        }
        if category == nil || (promise.policy == .forgiven && state != .unmeasured) { bounds.whole += tick }
        guard category == nil else { return }
        if seen.isDownAtShortest { bounds.shortest += tick }
        switch seen.longest {
        case .down: bounds.longest += tick
        case .unmeasured: bounds.unmeasured += tick
        case .up: break
        }
    }

    private func judge(_ row: inout Row, _ bounds: Bounds) {
        let excluded = row.excluded.reduce(0, +)
        let good = promise.policy == .removed ? row.up : row.up + excluded
        guard row.committed > 0 else { return row.verdict = "not_committed" }
        if promise.policy == .removed, excluded == row.committed { return row.verdict = "exempt" }
        guard good + row.down > 0 else { return row.verdict = "unmeasured" }
        let (whole, worst) = (bounds.whole, bounds.whole - bounds.longest - bounds.unmeasured)
        let best = whole - bounds.shortest
        row.availability = share(good, good + row.down)
        row.minimum = share(worst, whole)
        row.maximum = share(best, whole)
        row.verdict = isMet(good, good + row.down) ? "met" : "breached"
        row.certainty = isMet(worst, whole) == isMet(best, whole) ? "certain" : "uncertain"
    }

    /// Cut after four decimals.
    private func share(_ part: Int64, _ whole: Int64) -> Row.Share {
        let millionths = part * 1_000_000 / whole
        let decimals = "\(10_000 + millionths % 10_000)".dropFirst()
        return Row.Share(part, whole, text: "\(millionths / 10_000).\(decimals)")
    }

    /// An objective as `digits / scale` percent, read from its text.
    private static func objective(_ text: String) -> (digits: Int64, scale: Int64) {
        let parts = text.split(separator: ".")
        let scale = parts.count == 2 ? parts[1].reduce(Int64(1)) { scale, _ in scale * 10 } : 1
        return (Int64(parts.joined()) ?? -1, scale)
    }

    /// `part / whole ≥ digits / (100 × scale)`, multiplied across in 128 bits.
    private func isMet(_ part: Int64, _ whole: Int64) -> Bool {
        let (digits, scale) = objective
        let left = part.multipliedFullWidth(by: 100 * scale)
        let right = digits.multipliedFullWidth(by: whole)
        return (left.high, left.low) >= (right.high, right.low)
    }

    /// Which exclusions touch committed time, and which would if they were admitted.
    private func name(_ row: inout Row, until end: Int64) {
        for exclusion in world.exclusions where Self.isKnown(exclusion, in: world) {
            var touches = false
            var at = max(world.monthStart, exclusion.interval.start.milliseconds)
            while !touches, at < min(end, exclusion.interval.end.milliseconds) {
                touches = isPaid(at) && world.names(exclusion.scope.map(\.text), at: at)
                at += world.tick
            }
            guard touches else { continue }
            if let refusal = Self.refusal(of: exclusion, in: world) {
                row.refused.append("\(exclusion.id): \(refusal)")
            } else {
                row.admitted.append(exclusion.id)
            }
        }
        row.admitted.sort()
        row.refused.sort()
    }

    /// §7, where the whole month's paid time is few enough ticks.
    private func allowance(_ ticks: Ticks, until end: Int64, spent: Int64) -> Row.Allowance? {
        let start = max(world.monthStart, world.paid.map(\.lowerBound).min() ?? .max)
        let last = min(world.monthEnd, world.paid.map(\.upperBound).max() ?? .min)
        guard start >= last || (last - start) / world.tick <= 4000 else { return nil }
        var counted: Int64 = 0
        var at = start
        while at < last {
            // What is to come has no state yet.
            let seen = at < end ? ticks[at] : nil
            let isMeasured = seen.map { $0.state != .unmeasured } ?? true
            let category = category(at: at, downSince: seen?.began)
            if isPaid(at), isMeasured, promise.policy == .forgiven || category == nil { counted += world.tick }
            at += world.tick
        }
        let (digits, scale) = objective
        let allowed = (100 * scale - digits) * counted / (100 * scale)
        return Row.Allowance(allowed: allowed, remaining: allowed - spent)
    }
}
