import SLA

/// What a probe found: the observation, which is kept, and what a person wants to see of the way there.
public struct ProbeResult: Sendable {
    /// The sample with its evidence. Phases are those of the last hop, counted from the probe's beginning.
    public var observation: Observation
    /// The requests that were made, in order; more than one where redirects were followed.
    public var hops: [Hop]
    /// The HTTP status of the last answer; nil where there was none.
    public var status: Int?
    /// The certificate the server showed last; nil where none was shown or nobody asked for it.
    public var certificate: Certificate?
    /// Bytes of body that were read, after decompression, of the last answer.
    public var bytesRead: Int
    /// Whether it was over within a second, and before its time was up: the next probe of the check may well be, too.
    public var isQuick: Bool

    /// One request of a probe.
    public struct Hop: Hashable, Sendable {
        /// What was asked for.
        public var url: String
        /// The address that was spoken to; nil where none was reached for.
        public var address: String?
        /// The HTTP status; nil where there was no answer.
        public var status: Int?

        /// A request for `url`.
        public init(url: String, address: String? = nil, status: Int? = nil) {
            self.url = url
            self.address = address
            self.status = status
        }
    }

    /// What a server's certificate says.
    public struct Certificate: Hashable, Sendable {
        /// Whom it was issued to, as OpenSSL prints it.
        public var subject: String
        /// The first instant at which it is valid.
        public var notBefore: Instant
        /// The last second at which it is valid.
        public var notAfter: Instant

        /// A certificate.
        public init(subject: String, notBefore: Instant, notAfter: Instant) {
            self.subject = subject
            self.notBefore = notBefore
            self.notAfter = notAfter
        }
    }

    /// A result.
    public init(
        observation: Observation, hops: [Hop] = [], status: Int? = nil, certificate: Certificate? = nil,
        bytesRead: Int = 0, isQuick: Bool = false
    ) {
        self.observation = observation
        self.hops = hops
        self.status = status
        self.certificate = certificate
        self.bytesRead = bytesRead
        self.isQuick = isQuick
    }
}
