/// A category proposed for an outage, with its reasons. It excludes nothing: a person looks at it, and records an
/// exclusion or does not.
public struct Suggestion: Hashable, Sendable {
    /// The service's identifier.
    public let service: String
    /// The outage, as far as it lies in the month.
    public let outage: Interval
    /// The case that it may be.
    public let category: ExclusionCategory
    /// Why, the strongest reason first; at least one.
    public let reasons: [SuggestionReason]
    /// How much of the outage counts as down now, and would no longer, in ms.
    public let down: Milliseconds
}

extension Suggestion {
    /// What is proposed for the outage that `evidence` is about, if anything: clause 3.3 before 3.5, what the probes
    /// themselves say before what happened around them.
    ///
    /// - Parameter neighbours: all services as they were measured, this one among them.
    public init?(_ evidence: OutageEvidence, among neighbours: [MeasuredService]) {
        guard evidence.down > 0 else { return nil }
        let found =
            evidence.misconfigured.map { (ExclusionCategory.customerMisconfiguration, $0) }
            ?? evidence.delivery.map { (.thirdParty, $0) }
            ?? evidence.lostTogether(among: neighbours).map { (.thirdParty, $0) }
        guard let (category, reasons) = found else { return nil }
        service = evidence.service.id
        outage = evidence.outage
        self.category = category
        self.reasons = reasons
        down = evidence.down
    }
}
