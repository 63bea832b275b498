/// The time in which samples of one check leave its series, by the family over which they were decided.
public struct SampleVoids: Hashable, Sendable {
    /// A time, and the family of the samples that it takes; nil for all.
    typealias Entry = (interval: Interval, family: IPFamily?)

    /// Of samples that were decided over no address, or over one that is not known.
    private var ofNone = IntervalSet.empty
    private var ofIPv4 = IntervalSet.empty
    private var ofIPv6 = IntervalSet.empty

    /// No voids.
    public init() {}

    /// The voids that `entries` make, in any order.
    init(_ entries: [Entry]) {
        ofNone = IntervalSet(entries.lazy.filter { $0.family == nil }.map(\.interval))
        ofIPv4 = IntervalSet(entries.lazy.filter { $0.family != .ipv6 }.map(\.interval))
        ofIPv6 = IntervalSet(entries.lazy.filter { $0.family != .ipv4 }.map(\.interval))
    }

    /// Whether there is none.
    public var isEmpty: Bool { ofNone.isEmpty && ofIPv4.isEmpty && ofIPv6.isEmpty }

    /// The time in which samples of `family` leave the series.
    public func intervals(of family: IPFamily?) -> IntervalSet {
        switch family {
        case nil: ofNone
        case .ipv4: ofIPv4
        case .ipv6: ofIPv6
        }
    }

    /// The time in which any samples leave the series.
    public var any: IntervalSet { ofNone.union(ofIPv4).union(ofIPv6) }

    /// The first instant at which these and `other` differ in anything; nil where they are equal.
    func firstDifference(from other: SampleVoids) -> Instant? {
        if self == other { return nil }
        func difference(_ a: IntervalSet, _ b: IntervalSet) -> Instant? {
            [a.subtracting(b), b.subtracting(a)].compactMap { $0.intervals.first?.start }.min()
        }
        return [difference(ofNone, other.ofNone), difference(ofIPv4, other.ofIPv4), difference(ofIPv6, other.ofIPv6)]
            .compactMap { $0 }.min()
    }
}
