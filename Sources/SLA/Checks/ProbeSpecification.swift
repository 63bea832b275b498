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
    /// Whether one of them suffices.
    public var addresses: AddressSelection
    /// The address, as `192.0.2.7` or `2001:db8::7`, to which connections to ``host`` go whatever it resolves to; nil
    /// for none.
    public var connectTo: String?
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
    /// How many bytes of a body are read, after decompression, at least 1. What lies behind them decides nothing.
    public var bodyLimit: Int
    /// What answer counts as up.
    public var expect: Expectation

    /// How many bytes of a body are read where nothing else is said.
    public static let standardBodyLimit = 1 << 20

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
        authentication: Authentication = .none, maximumRedirects: Int = 0,
        bodyLimit: Int = ProbeSpecification.standardBodyLimit, expect: Expectation = Expectation(),
        addresses: AddressSelection = .any, connectTo: String? = nil
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
        self.bodyLimit = max(1, bodyLimit)
        self.expect = expect
        self.addresses = addresses
        self.connectTo = connectTo
    }
}
