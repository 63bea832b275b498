/// The time in which samples of one check leave its series, by the family over which they were decided.
public struct SampleVoids: Hashable, Sendable {
    /// Which samples leave.
    enum Part: Hashable {
        case all
        /// Those that were decided over an address of the family.
        case family(IPFamily)
        /// Those that were decided over no address.
        case unaddressed
    }

    /// A time, and which samples it takes.
    typealias Entry = (interval: Interval, part: Part)

    /// Of samples that were decided over no address, or over one that is not known.
    private var ofNone = IntervalSet.empty
    private var ofIPv4 = IntervalSet.empty
    private var ofIPv6 = IntervalSet.empty

    /// No voids.
    public init() {}

    /// The voids that `entries` make, in any order.
    init(_ entries: [Entry]) {
        ofNone = Self.time(of: .unaddressed, entries)
        ofIPv4 = Self.time(of: .family(.ipv4), entries)
        ofIPv6 = Self.time(of: .family(.ipv6), entries)
    }

    private static func time(of part: Part, _ entries: [Entry]) -> IntervalSet {
        IntervalSet(entries.lazy.filter { $0.part == .all || $0.part == part }.map(\.interval))
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
