/// Whether maintenance was foreseen (clause 6.1) or could not wait (clause 6.2).
public enum MaintenanceKind: String, CaseIterable, Hashable, Sendable {
    /// Clause 6.1: announced a day ahead.
    case scheduled
    /// Clause 6.2: announced an hour ahead, and rare.
    case emergency

    /// The case of clause 3.1 that its windows claim.
    public var category: ExclusionCategory {
        switch self {
        case .scheduled: .scheduledMaintenance
        case .emergency: .emergencyMaintenance
        }
    }

    /// How long before a window its notice must be given, in ms.
    public func lead(under notice: NoticeLead) -> Milliseconds {
        switch self {
        case .scheduled: notice.scheduled
        case .emergency: notice.emergency
        }
    }

    /// The clause that asks for the notice.
    public var noticeClause: String {
        switch self {
        case .scheduled: "6.1"
        case .emergency: "6.2"
        }
    }
}
