/// How many targets have fallen since an instant, and how many were seen to stand: where most have fallen within one
/// interval, they share a fate, whatever their addresses and groups are (semantics §10).
///
/// What was found in time in which the monitor could not see counts as nothing: who goes on failing after that has fallen
/// at the first failure from its end on. And a failure counts as none until a reference has answered a question that was
/// asked after it, where any reference can tell: it may be the first of a blindness that is not known yet.
struct FailureWave: Sendable, Equatable {
    /// How many targets must have fallen at the least, and how many where hardly any stands.
    private static let leastOfMost = 5
    private static let leastOfAlmostAll = 3

    private struct Target: Hashable, Sendable {
        /// Of its latest success, or of the first of its failures in a row.
        let at: Instant
        var state: State
    }

    private enum State: Hashable, Sendable {
        case up
        /// What its first failure was in; nil where it is not known.
        case down(SightDomain?)
        case doubted(Doubt)
        /// It has failed in what the monitor cannot see: whether that counts is known at the end of the blindness.
        case hidden(Doubt)
    }

    /// A failure that may be the monitor's own: no question has been answered that was asked after it.
    private struct Doubt: Hashable, Sendable {
        let domain: SightDomain
        /// When the failure had ended.
        let end: Instant
        /// When the target was last seen to stand before it; nil where that is not known.
        var stood: Instant?
    }

    /// The time of a void: without an end as long as it is open.
    private struct BlindTime: Hashable, Sendable {
        var from: Instant
        var until: Instant?

        func takes(_ instant: Instant) -> Bool { from <= instant && (until.map { instant < $0 } ?? true) }
    }

    /// How many targets stand, and how many have fallen.
    struct Count: Hashable, Sendable {
        var up = 0
        var down = 0

        /// Whether most have fallen.
        var isShared: Bool {
            down >= FailureWave.leastOfMost && down > up || down >= FailureWave.leastOfAlmostAll && down > 4 * up
        }

        /// `count` of those that stand had fallen; nothing where that is not positive.
        mutating func includeThoseWhoStandAgain(_ count: Int) {
            let count = max(0, min(count, up))
            (up, down) = (up - count, down + count)
        }
    }

    private var targets = RevertibleDictionary<CheckID, Target>()
    /// The same by seconds, so that a count costs what lies between, not how many targets there are.
    private var seconds = RevertibleDictionary<Int64, Count>()
    /// The last void of each domain.
    private var voids: Revertible<[SightDomain: BlindTime]>
    /// Those whose failure is doubted, and when each began.
    private var doubted = RevertibleDictionary<CheckID, Instant>()
    /// The domains whose references can tell, each with the question that was answered last.
    private var seen = Revertible<[SightDomain: Instant]>([:])

    /// Nothing is known of any target; the monitor is `blind`.
    init(blind: [Blindness] = []) {
        voids = Revertible(
            Dictionary(blind.map { ($0.domain, BlindTime(from: $0.from)) }, uniquingKeysWith: { _, last in last }))
    }

    /// Takes note of what became of the monitor's sight.
    mutating func observe(_ change: SightChange) {
        switch change {
        case .lost(let blindness, _):
            voids.update { $0[blindness.domain] = BlindTime(from: blindness.from) }
            // Whoever had fallen before falls once more after it, where it still fails.
            replace { target in
                switch target.state {
                case .down(blindness.domain):
                    let doubt = Doubt(domain: blindness.domain, end: target.at)
                    return Target(at: target.at, state: .hidden(doubt))
                case .doubted(let doubt) where doubt.domain == blindness.domain:
                    return Target(at: target.at, state: .hidden(doubt))
                default: return target
                }
            }
        case .restored(let blindness, let until, _):
            voids.update { $0[blindness.domain] = BlindTime(from: blindness.from, until: until) }
            replace { target in
                guard case .hidden(let doubt) = target.state, doubt.domain == blindness.domain else { return target }
                if target.at >= until { return Target(at: target.at, state: .doubted(doubt)) }
                return doubt.stood.map { Target(at: $0, state: .up) }
            }
        }
    }

    /// Takes note of which domains references can tell of, and of the question that was answered last in each.
    mutating func observe(seen: [SightDomain: Instant]) {
        guard seen != self.seen.current else { return }
        self.seen.set(seen)
        for (check, _) in doubted.current {
            guard let target = targets.current[check], case .doubted(let doubt) = target.state, !isDoubted(doubt) else {
                continue
            }
            set(check, Target(at: target.at, state: .down(doubt.domain)))
        }
    }

    private func isDoubted(_ doubt: Doubt) -> Bool { seen.current[doubt.domain].map { $0 < doubt.end } ?? false }

    /// Takes note of what a probe found, in order of time.
    mutating func observe(_ observation: Observation) {
        let (at, known) = (observation.sample.at, targets.current[observation.check])
        switch observation.sample.state {
        // What could not be told changes nothing.
        case .unknown: break
        case .up: set(observation.check, Target(at: at, state: .up))
        case .down:
            set(observation.check, fallen(observation, known))
        }
    }

    /// What becomes of a target that was `known` so, and has failed as `observation` says.
    private func fallen(_ observation: Observation, _ known: Target?) -> Target? {
        let at = observation.sample.at
        guard let domain = SightDomain(observation) else {
            if case .down? = known?.state { return known }
            return Target(at: at, state: .down(nil))
        }
        let doubt = Doubt(domain: domain, end: observation.endedAt, stood: known.flatMap(Self.stood))
        if let void = voids.current[domain], void.takes(at) {
            return void.until == nil ? Target(at: at, state: .hidden(doubt)) : known
        }
        switch known?.state {
        // What goes on failing has fallen at the first failure.
        case .down?: return known
        case .doubted(let first)? where first.domain == domain && known.map { $0.at <= at } == true: return known
        default: return Target(at: at, state: isDoubted(doubt) ? .doubted(doubt) : .down(domain))
        }
    }

    /// When a target was last seen to stand; nil where it has fallen since.
    private static func stood(_ target: Target) -> Instant? {
        switch target.state {
        case .up: target.at
        case .doubted(let doubt), .hidden(let doubt): doubt.stood
        case .down: nil
        }
    }

    /// Whether it depends on those whose failure is doubted that most have fallen from `start` to `end`.
    func isUndecided(from start: Instant, to end: Instant) -> Bool {
        if doubted.current.isEmpty { return false }
        var count = count(from: start, to: end)
        if count.isShared { return false }
        for (check, at) in doubted.current where at >= start && at <= end {
            count.down += 1
            if let stood = targets.current[check].flatMap(Self.stood), stood >= start { count.up -= 1 }
        }
        return count.isShared
    }

    /// Those that have fallen at `start` or later, or were seen to stand then, up to `end`.
    func count(from start: Instant, to end: Instant) -> Count {
        let range = Self.second(min(start, end))...Self.second(max(start, end))
        var sum = Count()
        func add(_ count: Count) {
            sum.up += count.up
            sum.down += count.down
        }
        if range.count <= seconds.current.count {
            for second in range { seconds.current[second].map(add) }
        } else {
            for (second, count) in seconds.current where range.contains(second) { add(count) }
        }
        return sum
    }

    /// What has changed stays.
    mutating func commit() {
        targets.commit()
        seconds.commit()
        voids.commit()
        doubted.commit()
        seen.commit()
    }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() {
        targets.revert()
        seconds.revert()
        voids.revert()
        doubted.revert()
        seen.revert()
    }

    private static func second(_ instant: Instant) -> Int64 { instant.milliseconds.quotientRoundedDown(by: 1000) }

    /// Has every target be what `change` makes of it.
    private mutating func replace(_ change: (Target) -> Target?) {
        for (check, target) in targets.current {
            let next = change(target)
            if next != target { set(check, next) }
        }
    }

    private mutating func set(_ check: CheckID, _ target: Target?) {
        let known = targets.current[check]
        if known == target { return }
        if let known { count(known, -1) }
        if let target { count(target, 1) }
        targets[check] = target
        if case .doubted? = target?.state {
            doubted[check] = target?.at
        } else if doubted.current[check] != nil {
            doubted[check] = nil
        }
    }

    private mutating func count(_ target: Target, _ change: Int) {
        switch target.state {
        case .up: count(at: target.at) { $0.up += change }
        case .down: count(at: target.at) { $0.down += change }
        // As long as it is not known whether it has fallen, it stands.
        case .doubted(let doubt): if let stood = doubt.stood { count(at: stood) { $0.up += change } }
        case .hidden: break
        }
    }

    private mutating func count(at instant: Instant, _ change: (inout Count) -> Void) {
        let second = Self.second(instant)
        var count = seconds.current[second] ?? Count()
        change(&count)
        seconds[second] = count == Count() ? nil : count
    }
}
