import SLA

extension Blindness {
    /// What happened, in English, with instants in `zone`: the reason and the evidence of a void.
    public func english(in zone: TimeZoneRules) -> SightWords {
        let what =
            switch domain {
            case .ipv4: "no reference answered over IPv4"
            case .ipv6: "no reference answered over IPv6"
            case .names: "no reference's name led anywhere"
            }
        let evidence = failures.map { failure in
            "\(failure.reference) since \(RFC3339.text(failure.since, in: zone))"
                + (failure.cause.map { ": \($0.english)" } ?? "")
        }
        return SightWords(
            reason: "the monitor could not see: \(what)", evidence: evidence.joined(separator: "; "))
    }
}
