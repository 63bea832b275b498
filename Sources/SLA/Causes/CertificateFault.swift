/// Why a certificate is not accepted.
public enum CertificateFault: Codable, Hashable, Sendable {
    /// It ended, `since` ms ago where that is known; `issuer` where it is not the server's own but one above it.
    case expired(since: Milliseconds?, issuer: Bool)
    /// It begins only in `wait` ms, where that is known.
    case notYetValid(wait: Milliseconds?, issuer: Bool)
    /// It is for other names than the host's.
    case otherNames(host: Excerpt)
    /// Nobody who is trusted vouches for it, in the library's words.
    case notTrusted(Excerpt)
    /// It could not be read.
    case unreadable
    /// It is valid for `days` whole days, at least `least` are expected.
    case endsSoon(days: Int64, least: Int64)
}
