import SLA

extension MeasurementLoss {
    /// What is lost, in English, one line.
    public var english: String {
        switch self {
        case .ledger(let words): words
        case .noAnswer(let domain, let references):
            Self.what(domain) + (references.isEmpty ? "" : ": " + references.joined(separator: ", "))
        case .undecided(let count): "the last \(count) probes could not tell"
        }
    }

    private static func what(_ domain: SightDomain) -> String {
        switch domain {
        case .ipv4: "no reference answers over IPv4"
        case .ipv6: "no reference answers over IPv6"
        case .names: "no reference's name leads anywhere"
        }
    }
}
