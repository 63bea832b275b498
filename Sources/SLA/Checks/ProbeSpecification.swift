/// What is asked of the network, and what answer counts as up: the service level indicator of a check.
public struct ProbeSpecification: Hashable, Sendable {
    /// The address, as configured: scheme, host, port and path. It never holds credentials.
    public var url: String
    /// How it is spoken to; the scheme of ``url``.
    public var scheme: ProbeScheme
    /// The host of ``url``: a name, or an IPv4 or IPv6 literal without brackets.
    public var host: String
    /// The port, 1 to 65535; the scheme's own where ``url`` names none.
    public var port: Int
    /// Which addresses are tried.
    public var family: AddressFamily
    /// The HTTP method.
    public var method: String
    /// HTTP request headers, in order.
    public var headers: [Header]
    /// The HTTP request body.
    public var body: String?
    /// What is shown to the server as proof of identity.
    public var authentication: Authentication
    /// How many redirects are followed, each a probe of its own address; 0 takes the first answer.
    public var maximumRedirects: Int
    /// What answer counts as up.
    public var expect: Expectation

    /// A name and its value.
    public struct Header: Hashable, Sendable {
        /// The name, case-insensitive.
        public var name: String
        /// The value. It may prove an identity, so it is never shown.
        public var value: Secret
        /// Whether it proves an identity for certain, and goes only to the host that was configured.
        public var isConfidential: Bool

        /// The header `name: value`, with a value that anyone may see.
        public init(name: String, value: String) {
            self.name = name
            self.value = Secret(value)
            isConfidential = false
        }

        /// The header `name`, whose value is a secret.
        public init(name: String, secret: Secret) {
            self.name = name
            value = secret
            isConfidential = true
        }
    }

    /// A probe of `url` by the rules of its scheme.
    public init(
        url: String, scheme: ProbeScheme, host: String, port: Int, family: AddressFamily = .any,
        method: String = "GET", headers: [Header] = [], body: String? = nil,
        authentication: Authentication = .none, maximumRedirects: Int = 0, expect: Expectation = Expectation()
    ) {
        self.url = url
        self.scheme = scheme
        self.host = host
        self.port = port
        self.family = family
        self.method = method
        self.headers = headers
        self.body = body
        self.authentication = authentication
        self.maximumRedirects = maximumRedirects
        self.expect = expect
    }
}

/// The protocols that a probe speaks. The mail protocols are up when the server has greeted.
public enum ProbeScheme: String, CaseIterable, Hashable, Sendable {
    case http, https, tcp, smtp, smtps, imap, imaps, pop3, pop3s

    /// The port where the URL names none; nil where it must.
    public var defaultPort: Int? {
        switch self {
        case .http: 80
        case .https: 443
        case .tcp: nil
        case .smtp: 25
        case .smtps: 465
        case .imap: 143
        case .imaps: 993
        case .pop3: 110
        case .pop3s: 995
        }
    }

    /// Whether it answers with a status, headers and a body.
    public var isHTTP: Bool { self == .http || self == .https }

    /// Whether TLS is spoken from the first byte.
    public var isTLS: Bool { self == .https || self == .smtps || self == .imaps || self == .pop3s }
}

/// Which addresses of a name are tried. A probe uses one address; watching both families takes two checks.
public enum AddressFamily: String, CaseIterable, Hashable, Sendable {
    /// The first IPv4 address, or the first IPv6 address where there is no IPv4 one.
    case any
    case ipv4
    case ipv6
}

/// What is shown to the server as proof of identity.
public enum Authentication: Hashable, Sendable {
    case none
    /// HTTP Basic, RFC 7617.
    case basic(user: String, password: Secret)
    /// A bearer token, RFC 6750.
    case bearer(token: Secret)
}

/// A value that is used and never shown.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    /// Keeps `value`.
    public init(_ value: String) {
        self.value = value
    }

    /// The value itself, for the one place that sends it.
    public func reveal() -> String { value }

    /// Always the same word.
    public var description: String { "(secret)" }

    /// Always the same word.
    public var debugDescription: String { description }

    /// Without children, so that `dump` shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

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
