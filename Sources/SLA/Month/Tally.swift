/// How long each class of a ``Partition`` is, in ms: all that the figures follow from.
///
/// A partition says of each instant alone where it belongs, so the tallies of stretches of time that share no
/// instant add up to the tally of them all. That is how a running month is counted sample by sample.
public struct Tally: Hashable, Sendable {
    /// The paid time, which the four classes below add up to.
    public private(set) var committed: Milliseconds = 0
    /// What counts as up.
    public private(set) var up: Milliseconds = 0
    /// What counts as down.
    public private(set) var down: Milliseconds = 0
    /// What nobody knows.
    public private(set) var unmeasured: Milliseconds = 0
    /// What the commitment does not apply to, by category; those that hold nothing are not there.
    public private(set) var excluded: [ExclusionCategory: Milliseconds] = [:]

    /// What counts as available.
    private(set) var available: Milliseconds = 0
    /// What admitted exclusions hold.
    private(set) var claimed: Milliseconds = 0
    /// What of it nobody knows.
    private(set) var unmeasuredClaimed: Milliseconds = 0
    /// What nobody knows at the longest, outside admitted exclusions.
    private(set) var longestUnmeasured: Milliseconds = 0
    private(set) var longestDown: Milliseconds = 0
    private(set) var shortestDown: Milliseconds = 0

    /// Of no time.
    public init() {}

    /// The lengths of the classes of `partition`.
    public init(_ partition: Partition) {
        committed = partition.committed.length
        up = partition.up.length
        down = partition.down.length
        unmeasured = partition.unmeasured.length
        excluded = partition.excluded.mapValues(\.length).filter { $0.value > 0 }
        available = partition.available.length
        claimed = partition.claimed.length
        unmeasuredClaimed = unmeasured - partition.unmeasured.subtracting(partition.claimed).length
        longestUnmeasured = partition.longestUnmeasured.length
        longestDown = partition.longestDown.length
        shortestDown = partition.shortestDown.length
    }

    /// Adds the tally of time that shares no instant with this one's.
    public static func += (sum: inout Tally, other: Tally) {
        sum.committed += other.committed
        sum.up += other.up
        sum.down += other.down
        sum.unmeasured += other.unmeasured
        for (category, length) in other.excluded { sum.excluded[category, default: 0] += length }
        sum.available += other.available
        sum.claimed += other.claimed
        sum.unmeasuredClaimed += other.unmeasuredClaimed
        sum.longestUnmeasured += other.longestUnmeasured
        sum.longestDown += other.longestDown
        sum.shortestDown += other.shortestDown
    }
}
