/// The window of a length in which a month was at its worst: "windowed" availability, which tells one outage of a day
/// from a thousand of a minute (Hauer et al., "Meaningful Availability", NSDI 2020).
///
/// Among all windows of that length inside the period, sliding by the millisecond, it is the one with the most counted
/// downtime; of equals that with the most counted time, and of those the earliest. Where the period is shorter, it is
/// the whole.
public struct WorstWindow: Hashable, Sendable {
    /// The length that was asked for, in ms; ``interval`` is shorter where the period is.
    public let length: Milliseconds
    /// Where it is.
    public let interval: Interval
    /// What counts as down in it, in ms; of several services the sum.
    public let down: Milliseconds
    /// What counts as available in it, in ms; of several services the sum.
    public let available: Milliseconds

    /// The share of counted time in it that was available; nil where none is counted.
    public var availability: Ratio? { Ratio(available, of: available + down) }

    /// The lengths that are reported, in ms: 1 min, 5 min, 1 h, 6 h, 1 d, 7 d.
    public static let lengths: [Milliseconds] = [
        60_000, 300_000, 3_600_000, 6 * 3_600_000, 86_400_000, 7 * 86_400_000,
    ]

    init(length: Milliseconds, interval: Interval, sums: WindowProfile.Sums) {
        self.length = length
        self.interval = interval
        down = sums.down
        available = sums.available
    }

    /// The worst windows of several services together, one for each of `lengths`; none where the period is empty.
    ///
    /// - Parameters:
    ///   - partitions: of each service, inside `period`.
    ///   - period: the month, cut at `as_of`.
    public static func all(
        of partitions: [Partition], in period: Interval?, lengths: [Milliseconds] = lengths
    ) -> [WorstWindow] {
        guard let period else { return [] }
        let profile = WindowProfile(of: partitions, in: period)
        return lengths.map(profile.worst)
    }
}
