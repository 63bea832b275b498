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
