/// How many targets have fallen since an instant, and how many were seen to stand: where most have fallen within one
/// interval, they share a fate, whatever their addresses and groups are (semantics §10).
///
/// What was found in time in which the monitor could not see counts as nothing: who goes on failing after that has fallen
/// at the first failure from its end on.
struct FailureWave: Sendable, Equatable {
    /// How many targets must have fallen at the least, and how many where hardly any stands.
    private static let leastOfMost = 5
    private static let leastOfAlmostAll = 3

    private struct Target: Hashable, Sendable {
        /// Of its latest success, or of the first of its failures in a row.
        let at: Instant
        var state: State

        var second: Int64 { FailureWave.second(at) }
    }

    private enum State: Hashable, Sendable {
        case up
        /// What its first failure was in; nil where it is not known.
        case down(SightDomain?)
        /// It has failed in what the monitor cannot see: whether that counts is known at the end of the blindness.
        case hidden(SightDomain)
    }

    /// The time of a void: without an end as long as it is open.
    private struct Void: Hashable, Sendable {
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
    private var voids: Revertible<[SightDomain: Void]>

    /// Nothing is known of any target; the monitor is `blind`.
    init(blind: [Blindness] = []) {
        voids = Revertible(
            Dictionary(blind.map { ($0.domain, Void(from: $0.from)) }, uniquingKeysWith: { _, last in last }))
    }

    /// Takes note of what became of the monitor's sight.
    mutating func observe(_ change: SightChange) {
        switch change {
        case .lost(let blindness, _):
            voids.update { $0[blindness.domain] = Void(from: blindness.from) }
            // Whoever had fallen before falls once more after it, where it still fails.
            replace { $0.state == .down(blindness.domain) ? Target(at: $0.at, state: .hidden(blindness.domain)) : $0 }
        case .restored(let blindness, let until, _):
            voids.update { $0[blindness.domain] = Void(from: blindness.from, until: until) }
            replace { target in
                guard target.state == .hidden(blindness.domain) else { return target }
                return target.at < until ? nil : Target(at: target.at, state: .down(blindness.domain))
            }
        }
    }

    /// Takes note of what a probe found, in order of time.
    mutating func observe(_ observation: Observation) {
        let (at, known) = (observation.sample.at, targets.current[observation.check])
        switch observation.sample.state {
        // What could not be told changes nothing.
        case .unknown: break
        case .up: set(observation.check, Target(at: at, state: .up))
        case .down:
            let domain = SightDomain(observation)
            if let domain, let void = voids.current[domain], void.takes(at) {
                if void.until == nil { set(observation.check, Target(at: at, state: .hidden(domain))) }
                return
            }
            // What goes on failing has fallen at the first failure.
            if case .down? = known?.state { return }
            set(observation.check, Target(at: at, state: .down(domain)))
        }
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
    }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() {
        targets.revert()
        seconds.revert()
        voids.revert()
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
        if let known = targets.current[check] { count(known, -1) }
        if let target { count(target, 1) }
        targets[check] = target
    }

    private mutating func count(_ target: Target, _ change: Int) {
        var count = seconds.current[target.second] ?? Count()
        switch target.state {
        case .up: count.up += change
        case .down: count.down += change
        case .hidden: return
        }
        seconds[target.second] = count == Count() ? nil : count
    }
}
