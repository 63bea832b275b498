import SLA

/// How much the engine takes on at once, and how much of an answer's headers it reads.
public struct ProbeLimits: Hashable, Sendable {
    /// The most transfers in flight, at least 1.
    public var inFlight: Int
    /// The most sockets beside one for each transfer: for another address, or the same once more, while one hangs.
    public var besides: Int
    /// The most names being looked up, at least 1.
    public var lookups: Int
    /// How many bytes of bodies all probes together hold, for expressions that are searched for in a whole text; a
    /// body for which there is no room is read all the same, and not searched.
    public var heldBytes: Int
    /// How many bytes of headers an answer may have.
    public var headerBytes: Int

    /// The limits; values below 1 count as 1, where they must be that.
    public init(
        inFlight: Int = 500, besides: Int = 1000, lookups: Int = 500, heldBytes: Int = 64 << 20,
        headerBytes: Int = 256 << 10
    ) {
        self.inFlight = max(1, inFlight)
        self.besides = max(0, besides)
        self.lookups = max(1, lookups)
        self.heldBytes = max(1, heldBytes)
        self.headerBytes = max(1, headerBytes)
    }

    /// Enough for all that meet a way that loses packets, and nothing where everybody hangs at once.
    private static let mostBesides = 1000
    /// A query is told from others by 16 bits.
    private static let mostLookups = 20_000

    /// As many places as `checks` need where every one of them hangs, and no more than `descriptors` allow: a service
    /// that hangs holds its place until its probe runs out of time, and waits for none.
    ///
    /// - Parameter descriptors: how many sockets transfers may have open together.
    public init(for checks: some Sequence<Check>, descriptors: Int) {
        // In thousandths of a place, so that many small shares add up.
        let needed = checks.reduce(0) { $0 + Self.share(of: $1) } / 1000
        // Those that hang may take three of four places. A few more are for probes that bunch.
        let places = needed + needed / 3 + 64
        self.init(
            inFlight: min(places, descriptors), besides: min(descriptors - min(places, descriptors), Self.mostBesides),
            lookups: min(places, Self.mostLookups))
    }

    /// How long `check` is in flight at the most, in thousandths of the time: in each interval it may run out of time
    /// once, and once more for each failure that is still to be confirmed.
    private static func share(of check: Check) -> Int {
        let probes = min(Milliseconds(check.confirm), 1 + check.interval / max(1, check.retryInterval))
        return Int(min(1000, (1000 * probes * check.timeout + check.interval - 1) / max(1, check.interval)))
    }
}
