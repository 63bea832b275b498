/// What became of the samples of a check since a statement was made of them.
public struct SeriesDifference: Hashable, Sendable {
    /// Those that are there now and were not then: how many, and from when to when.
    public private(set) var added = Stretch()
    /// Those that were there and are not now.
    public private(set) var missing = Stretch()
    /// Those whose state is another.
    public private(set) var changed = Stretch()

    /// Some samples, in order of time.
    public struct Stretch: Hashable, Sendable {
        /// How many.
        public private(set) var count = 0
        /// The first; nil where there is none.
        public private(set) var first: Instant?
        /// The last; nil where there is none.
        public private(set) var last: Instant?

        mutating func add(_ at: Instant) {
            count += 1
            first = first ?? at
            last = at
        }

        /// As `3 samples, 2026-10-01T00:00:00Z to 2026-10-01T00:02:00Z`, in `zone`.
        public func text(in zone: TimeZoneRules) -> String {
            guard let first, let last else { return "no samples" }
            if count == 1 { return "1 sample at \(RFC3339.text(first, in: zone))" }
            return "\(count) samples, \(RFC3339.text(first, in: zone)) to \(RFC3339.text(last, in: zone))"
        }
    }

    /// Compares what was there with what is there now; both in order of time.
    ///
    /// - Parameter window: where both have every sample that there is: what lies outside it is only missed where one
    ///   of them was not read so far.
    public init(from before: some Sequence<Sample>, to after: some Sequence<Sample>, within window: Interval? = nil) {
        var (olds, news) = (before.makeIterator(), after.makeIterator())
        var (old, new) = (olds.next(), news.next())
        while let at = [old?.at, new?.at].compactMap({ $0 }).min() {
            let isWithin = window?.contains(at) ?? true
            switch (old?.at == at, new?.at == at) {
            case (true, true): if old?.state != new?.state { changed.add(at) }
            case (true, false): if isWithin { missing.add(at) }
            default: added.add(at)
            }
            if old?.at == at { old = olds.next() }
            if new?.at == at { new = news.next() }
        }
    }

    /// Whether nothing differs.
    public var isEmpty: Bool { added.count + missing.count + changed.count == 0 }

    /// As `3 samples, … to …, came later`, a phrase for each kind, in `zone`.
    public func text(in zone: TimeZoneRules) -> String {
        [(added, "came later"), (missing, "are missing"), (changed, "have another state")]
            .filter { $0.0.count > 0 }.map { $0.0.text(in: zone) + ", " + $0.1 }.joined(separator: "; ")
    }
}
