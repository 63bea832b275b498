import Addresses
import Curl
import SLA

/// One transfer to one pinned address: everything libcurl is told.
struct TransferPlan {
    /// The URL, in ASCII, without credentials.
    var url: CurlURL
    /// Where the connection leads, whatever the name in ``url`` resolves to.
    var address: IPAddress
    /// What is asked, and what of the answer counts; the purpose is ``purpose``.
    var specification: ProbeSpecification
    /// The HTTP method; another than the specification's after some redirects.
    var method: String
    /// Whether the specification's body is sent.
    var sendsBody: Bool
    /// Whether credentials are sent; not to another origin than the first one.
    var sendsCredentials: Bool
    /// What the transfer is for.
    var purpose: Purpose
    /// Whether the certificate chain is wanted.
    var wantsCertificate: Bool
    /// Texts that are looked for in the body while it comes.
    var needles: [String]
    /// Whether the whole body is wanted, and held for it.
    var keepsBody: Bool
    /// Whether the headers are wanted.
    var keepsHeaders: Bool
    /// The cookies of the probe; nil where none are kept.
    var cookies: CookieJar?

    /// Whether an answer of HTTP is asked for, and not just a connection or a greeting.
    var isHTTP: Bool { purpose == .probe && specification.scheme.isHTTP }

    enum Purpose {
        /// The probe itself.
        case probe
        /// A look at a certificate that was not accepted: nothing is verified, and nothing asked.
        case inspection
    }
}

/// What stays the same for all transfers of an engine.
struct TransferSettings {
    var caFile: String
    var userAgent: String
    var headerBytes: Int
    /// Where whole bodies are held.
    var bodies: BodyBudget
}
