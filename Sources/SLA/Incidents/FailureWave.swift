/// How many targets have fallen since an instant, and how many were seen to stand: where most have fallen within one
/// interval, they share a fate, whatever their addresses and groups are (semantics §10).
struct FailureWave: Sendable, Equatable {
    /// How many targets must have fallen at the least, and how many where hardly any stands.
    private static let leastOfMost = 5
    private static let leastOfAlmostAll = 3

    private struct Target: Hashable, Sendable {
        /// Of its latest success, or of the first of its failures in a row.
        let second: Int64
        let isDown: Bool
    }

    /// How many targets stand, and how many have fallen.
    struct Count: Hashable, Sendable {
        var up = 0
        var down = 0

        /// Whether most have fallen.
        var isShared: Bool {
            down >= FailureWave.leastOfMost && down > up || down >= FailureWave.leastOfAlmostAll && down > 4 * up
        }
    }

    private var targets = RevertibleDictionary<CheckID, Target>()
    /// The same by seconds, so that a count costs what lies between, not how many targets there are.
    private var seconds = RevertibleDictionary<Int64, Count>()

    /// Takes note of what a probe found, in order of time.
    mutating func observe(_ observation: Observation) {
        let known = targets.current[observation.check]
        let isDown = observation.sample.state == .down
        // What could not be told changes nothing; what goes on failing has fallen at the first failure.
        if observation.sample.state == .unknown || isDown && known?.isDown == true { return }
        let target = Target(second: Self.second(observation.sample.at), isDown: isDown)
        if let known { count(known, -1) }
        count(target, 1)
        targets[observation.check] = target
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
    }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() {
        targets.revert()
        seconds.revert()
    }

    private static func second(_ instant: Instant) -> Int64 { instant.milliseconds.quotientRoundedDown(by: 1000) }

    private mutating func count(_ target: Target, _ change: Int) {
        var count = seconds.current[target.second] ?? Count()
        if target.isDown { count.down += change } else { count.up += change }
        seconds[target.second] = count == Count() ? nil : count
    }
}
