/// What the monitor cannot measure by (semantics §10).
public enum MeasurementLoss: Codable, Hashable, Sendable {
    /// Samples cannot be made durable, as the words of the system or of a library say.
    case ledger(String)
    /// No reference answers for a domain: those that failed, each once, in order; none where that is not known.
    case noAnswer(SightDomain, from: [String])
    /// Probes cannot tell: so many, one after the other, ended as `unknown`.
    case undecided(probes: Int)

    /// What is lost, by the name it has in alerts. The gravest comes first.
    public enum Fault: String, CaseIterable, Hashable, Sendable {
        case ledger, ipv4, ipv6, names, probing
    }

    /// What is lost.
    public var fault: Fault {
        switch self {
        case .ledger: .ledger
        case .noAnswer(.ipv4, _): .ipv4
        case .noAnswer(.ipv6, _): .ipv6
        case .noAnswer(.names, _): .names
        case .undecided: .probing
        }
    }

    /// The alert that it is lost, decided at `instant`, which is since `since`, or since that instant.
    public func alert(since: Instant? = nil, at instant: Instant) -> Alert {
        var reason = AlertValue.loss(self)
        if case .ledger(let words) = self { reason = .text(words) }
        return Alert(
            event: .measurementLost, subject: "", at: instant,
            fields: [
                Alert.Field("fault", fault.rawValue), Alert.Field("since", .instant(since ?? instant)),
                Alert.Field("reason", reason),
            ])
    }
}
