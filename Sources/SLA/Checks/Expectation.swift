/// What answer counts as up. Everything named must hold; an HTTP status must always be in ``status``.
public struct Expectation: Hashable, Sendable {
    /// The HTTP statuses that are good.
    public var status: [ClosedRange<Int>]
    /// Texts that the body must contain.
    public var bodyContains: [String]
    /// Texts that the body must not contain.
    public var bodyNotContains: [String]
    /// A regular expression that must match somewhere in the body.
    public var bodyMatches: String?
    /// Response headers that must be there, each with a regular expression for its value, or nil for any.
    public var headers: [HeaderExpectation]
    /// The longest a good answer may take, in ms.
    public var maximumLatency: Milliseconds?
    /// The fewest whole days the certificate must still be valid.
    public var certificateDaysLeft: Int?

    /// A response header that must be there.
    public struct HeaderExpectation: Hashable, Sendable {
        /// The name, case-insensitive.
        public var name: String
        /// A regular expression that must match somewhere in a value of it; nil for any value.
        public var matches: String?

        /// The header `name`, with a value that `matches` matches.
        public init(name: String, matches: String?) {
            self.name = name
            self.matches = matches
        }
    }

    /// The expectation; without anything named, an HTTP status of 200 to 399.
    public init(
        status: [ClosedRange<Int>] = [200...399], bodyContains: [String] = [], bodyNotContains: [String] = [],
        bodyMatches: String? = nil, headers: [HeaderExpectation] = [], maximumLatency: Milliseconds? = nil,
        certificateDaysLeft: Int? = nil
    ) {
        self.status = status
        self.bodyContains = bodyContains
        self.bodyNotContains = bodyNotContains
        self.bodyMatches = bodyMatches
        self.headers = headers
        self.maximumLatency = maximumLatency
        self.certificateDaysLeft = certificateDaysLeft
    }
}
