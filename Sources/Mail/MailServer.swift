import SLA

/// A server that takes messages.
public struct MailServer: Hashable, Sendable {
    /// Its address, as `smtp://mail.example:587` or `smtps://mail.example`.
    public var url: String
    /// Whether the connection must be encrypted.
    public var encryption: Encryption
    /// A file of the authorities that may vouch for it; nil for the system's.
    public var authorities: String?
    /// Who logs in; nil where nobody does.
    public var user: String?
    /// The user's password.
    public var password: Secret?
    /// How long a message may take, the connection included, in ms; above 0.
    public var timeout: Milliseconds

    /// Whether a connection is encrypted by STARTTLS.
    public enum Encryption: Hashable, Sendable {
        /// It is, or nothing is sent.
        case required
        /// It is where the server offers it.
        case opportunistic
        /// It is not.
        case none
    }

    /// A server.
    public init(
        url: String, encryption: Encryption, authorities: String? = nil, user: String? = nil,
        password: Secret? = nil, timeout: Milliseconds = 30_000
    ) {
        self.url = url
        self.encryption = encryption
        self.authorities = authorities
        self.user = user
        self.password = password
        self.timeout = timeout
    }
}

/// What became of a message.
public struct MailOutcome: Hashable, Sendable {
    /// How it ended.
    public enum Kind: Hashable, Sendable {
        /// The server has taken it.
        case accepted
        /// The server does not take it now (4xx).
        case deferred
        /// The server never takes it (5xx).
        case refused
        /// The server could not be spoken to: any other message would fare the same.
        case unreachable
    }

    /// How it ended.
    public let kind: Kind
    /// The server's last line, or what kept it from being heard.
    public let answer: String

    /// An outcome.
    public init(kind: Kind, answer: String) {
        self.kind = kind
        self.answer = answer
    }
}
