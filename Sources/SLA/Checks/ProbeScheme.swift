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

/// Which addresses of a name are tried. A probe is decided over one address; watching both families takes two checks.
public enum AddressFamily: String, CaseIterable, Hashable, Sendable {
    /// Those of both families in turn, an IPv6 address first, as browsers do (RFC 8305).
    case any
    case ipv4
    case ipv6
}

/// What is asked of a name that has several addresses.
public enum AddressSelection: String, CaseIterable, Hashable, Sendable {
    /// That one of them answers: the next is tried where one cannot be connected to.
    case any
    /// That each of them answers: all are probed, and the check is down where any is, else unknown where any is.
    case each
}
