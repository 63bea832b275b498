/// The cases in which the commitment does not apply, in the order in which an instant is given to one where
/// several overlap (semantics §4, §5).
public enum ExclusionCategory: String, CaseIterable, Hashable, Sendable {
    /// Clauses 3.1 and 6.1.
    case scheduledMaintenance = "scheduled_maintenance"
    /// Clauses 3.1 and 6.2.
    case emergencyMaintenance = "emergency_maintenance"
    /// Clause 3.2: locked or ended for breach of the terms of use.
    case suspension
    /// Clause 3.3: configured wrongly, against the provider's guide.
    case customerMisconfiguration = "customer_misconfiguration"
    /// Clause 3.4: beyond the provider's control.
    case forceMajeure = "force_majeure"
    /// Clause 3.5: equipment, software or technology of others.
    case thirdParty = "third_party"

    /// Whether it is maintenance, which needs a notice (clause 3.1).
    public var isMaintenance: Bool { self == .scheduledMaintenance || self == .emergencyMaintenance }

    /// The clauses of the commitment that it rests on.
    public var clauses: String {
        switch self {
        case .scheduledMaintenance: "3.1, 6.1"
        case .emergencyMaintenance: "3.1, 6.2"
        case .suspension: "3.2"
        case .customerMisconfiguration: "3.3"
        case .forceMajeure: "3.4"
        case .thirdParty: "3.5"
        }
    }
}
