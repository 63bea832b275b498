import SLA

/// Why a certificate was not accepted, said from a second look at it without verification.
///
/// With verification failed libcurl shows no certificate, and OpenSSL's reason lacks the date.
enum CertificateFailure {
    // X509_V_OK, X509_V_ERR_UNSPECIFIED (libcurl's first value), X509_V_ERR_CERT_NOT_YET_VALID and
    // X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL.
    private static let accepted = 0
    private static let notAsked = 1
    private static let notYetValid = 9
    private static let expired = 10

    /// - Parameters:
    ///   - failed: the transfer whose verification failed.
    ///   - chain: what the second look saw, the server's own certificate first; empty where there was none.
    static func outcome(
        _ failed: FinishedTransfer, chain: [ProbeResult.Certificate], host: String, now: Instant
    ) -> ProbeOutcome {
        switch failed.verifyResult {
        case expired:
            // The one that ended first is the one that mattered longest.
            guard let index = chain.indices.filter({ chain[$0].notAfter < now }).first else {
                return .down(.certificate(.expired(since: nil, issuer: false)))
            }
            return .down(.certificate(.expired(since: now - chain[index].notAfter, issuer: index > 0)))
        case notYetValid:
            guard let index = chain.indices.filter({ chain[$0].notBefore > now }).first else {
                return .down(.certificate(.notYetValid(wait: nil, issuer: false)))
            }
            return .down(.certificate(.notYetValid(wait: chain[index].notBefore - now, issuer: index > 0)))
        case accepted, notAsked:
            // The chain is good, so it was the name, which libcurl looks at before it asks OpenSSL for more.
            return .down(.certificate(.otherNames(host: Excerpt(host))))
        default:
            return .down(.certificate(.notTrusted(Excerpt(reason(failed.text)))))
        }
    }

    /// OpenSSL's own words out of `SSL certificate problem: self-signed certificate`.
    private static func reason(_ text: String) -> String {
        guard let colon = text.range(of: ": ") else { return text }
        return String(text[colon.upperBound...])
    }
}
