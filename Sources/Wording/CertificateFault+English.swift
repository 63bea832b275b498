import SLA

extension CertificateFault {
    var english: String {
        switch self {
        case .expired(nil, _): "certificate expired"
        case .expired(let since?, let issuer): "\(whose(issuer)) expired \(about(since)) ago"
        case .notYetValid(nil, _): "certificate is not valid yet"
        case .notYetValid(let wait?, let issuer): "\(whose(issuer)) is valid only in \(about(wait))"
        case .otherNames(let host): "certificate is for other names than \(host.text)"
        case .notTrusted(let reason): "certificate is not trusted: \(reason.text)"
        case .unreadable: "certificate could not be read"
        case .endsSoon(let days, let least):
            "certificate is valid for \(Counted.text(days, "day")), at least \(least) expected"
        }
    }

    private func whose(_ issuer: Bool) -> String { issuer ? "issuer's certificate" : "certificate" }

    /// `3 days`, `5 hours`, `1 minute`: whole units, cut; `duration` is not negative.
    private func about(_ duration: Milliseconds) -> String {
        let (count, unit) =
            if duration >= 2 * 86_400_000 {
                (duration / 86_400_000, "day")
            } else if duration >= 2 * 3_600_000 {
                (duration / 3_600_000, "hour")
            } else {
                (duration / 60_000, "minute")
            }
        return Counted.text(count, unit)
    }
}
