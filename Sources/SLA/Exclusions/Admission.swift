/// Why an exclusion is applied to nothing although it is recorded.
public enum ExclusionRefusal: Hashable, Sendable, CustomStringConvertible {
    /// Maintenance without notice.
    case noNotice
    /// Maintenance whose notice was given `lead` ms before the start (negative: after it), with `required` due.
    case lateNotice(lead: Milliseconds, required: Milliseconds)
    /// A case that must be proven, without evidence.
    case noEvidence

    /// As reports and alerts say it: `notice 3 h before the start, 24 h required`.
    public var description: String {
        switch self {
        case .noNotice:
            "no notice recorded"
        case .lateNotice(let lead, let required):
            "notice \(Self.place(of: lead)) the start, \(DurationText.spoken(required)) required"
        case .noEvidence:
            "no evidence cited"
        }
    }

    private static func place(of lead: Milliseconds) -> String {
        if lead == 0 { return "at" }
        return DurationText.spoken(lead) + (lead > 0 ? " before" : " after")
    }
}

extension Exclusion {
    /// Why this exclusion is not admitted, or nil where it is: the rules of clauses 3.1–3.5, 6.1 and 6.2
    /// (semantics §4). Notice given exactly the lead before is in time.
    public func refusal(under notice: NoticeLead) -> ExclusionRefusal? {
        switch category {
        case .scheduledMaintenance: refusal(requiring: MaintenanceKind.scheduled.lead(under: notice))
        case .emergencyMaintenance: refusal(requiring: MaintenanceKind.emergency.lead(under: notice))
        case .suspension, .customerMisconfiguration, .forceMajeure, .thirdParty:
            evidence.allSatisfy(\.isWhitespace) ? .noEvidence : nil
        }
    }

    private func refusal(requiring required: Milliseconds) -> ExclusionRefusal? {
        guard let noticeAt else { return .noNotice }
        let lead = interval.start - noticeAt
        return lead >= required ? nil : .lateNotice(lead: lead, required: required)
    }
}
