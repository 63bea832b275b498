import SLA

/// How much the engine takes on at once, and how much of an answer it reads.
public struct ProbeLimits: Hashable, Sendable {
    /// The most transfers in flight, at least 1.
    public var inFlight: Int
    /// The most transfers to one address, at least 1.
    public var perAddress: Int
    /// The most transfers for one customer, at least 1.
    public var perCustomer: Int
    /// The most names being looked up, at least 1.
    public var lookups: Int
    /// How many bytes of a body are read, after decompression; reading stops there, which is no failure.
    public var bodyBytes: Int
    /// How many bytes of headers an answer may have.
    public var headerBytes: Int

    /// The limits; values below 1 count as 1.
    public init(
        inFlight: Int = 500, perAddress: Int = 20, perCustomer: Int = 100, lookups: Int = 200,
        bodyBytes: Int = 1 << 20, headerBytes: Int = 256 << 10
    ) {
        self.inFlight = max(1, inFlight)
        self.perAddress = max(1, perAddress)
        self.perCustomer = max(1, perCustomer)
        self.lookups = max(1, lookups)
        self.bodyBytes = max(1, bodyBytes)
        self.headerBytes = max(1, headerBytes)
    }
}
