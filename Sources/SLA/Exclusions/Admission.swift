/// Why an exclusion is applied to nothing although it is recorded.
public enum ExclusionRefusal: Hashable, Sendable, CustomStringConvertible {
    /// Maintenance without notice.
    case noNotice
    /// Maintenance whose notice was given `lead` ms before the start (negative: after it), with `required` due.
    case lateNotice(lead: Milliseconds, required: Milliseconds)
    /// A window of a recurring plan whose notice was given `lead` ms before the start, with `most` allowed.
    case earlyNotice(lead: Milliseconds, most: Milliseconds)
    /// Maintenance whose notice was recorded after it was given, without evidence.
    case unprovenNotice
    /// A case that must be proven, without evidence.
    case noEvidence

    /// As reports and alerts say it: `notice 3 h before the start, 24 h required`.
    public var description: String {
        switch self {
        case .noNotice:
            "no notice recorded"
        case .lateNotice(let lead, let required):
            "notice \(Self.place(of: lead)) the start, \(DurationText.spoken(required)) required"
        case .earlyNotice(let lead, let most):
            "notice \(Self.place(of: lead)) the start, at most \(DurationText.spoken(most)) for a recurring window"
        case .unprovenNotice:
            "notice recorded after it was given, no evidence cited"
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
    /// (semantics §4). Notice given exactly the lead before is in time, of a window that recurs exactly the most too; the
    /// leads are those at the notice (§3.2).
    public func refusal(under agreement: Agreement) -> ExclusionRefusal? {
        switch category {
        case .scheduledMaintenance: refusal(of: .scheduled, under: agreement)
        case .emergencyMaintenance: refusal(of: .emergency, under: agreement)
        case .suspension, .customerMisconfiguration, .forceMajeure, .thirdParty:
            citesEvidence ? nil : .noEvidence
        }
    }

    private var citesEvidence: Bool { !evidence.allSatisfy(\.isWhitespace) }

    private func refusal(of kind: MaintenanceKind, under agreement: Agreement) -> ExclusionRefusal? {
        guard let noticeAt else { return .noNotice }
        let notice = agreement.at(noticeAt).notice
        let (lead, required) = (interval.start - noticeAt, kind.lead(under: notice))
        if lead < required { return .lateNotice(lead: lead, required: required) }
        if plan != nil, lead > notice.recurringAtMost {
            return .earlyNotice(lead: lead, most: notice.recurringAtMost)
        }
        return recordedAt.map { noticeAt < $0 } ?? false && !citesEvidence ? .unprovenNotice : nil
    }
}
