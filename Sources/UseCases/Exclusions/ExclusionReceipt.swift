import Ledger
import Reporting
import SLA

/// An exclusion that was recorded.
public struct ExclusionReceipt: Receipt {
    /// The exclusion with its details, as it was recorded.
    public let entry: ExclusionAmendment.Entry
    /// Whether it is of an outage that goes on.
    public internal(set) var isOutageOngoing = false
    private let agreement: Agreement

    /// The exclusion's.
    public static let columns = JSONColumns(columnNames)
    static let columnNames = [
        "id", "category", "clause", "scope", "from", "to", "notice_at", "evidence", "recorded_at", "recorded_by",
        "revoked_at", "revoked_by", "revocation_reason", "admitted", "refusal", "open", "kind", "act", "breach",
        "outage_service", "outage_from", "origin", "plan",
    ]

    init(_ recorded: Recorded, under agreement: Agreement) {
        entry = recorded.last { if case .exclusion(let entry) = $0 { entry } else { nil } }
        self.agreement = agreement
    }

    private var id: String { entry.exclusion.id }

    /// Why it is applied to nothing; nil where it is admitted.
    public var refusal: ExclusionRefusal? { entry.exclusion.refusal(under: agreement) }

    /// What is printed of it for people.
    public var text: String { id + "\n" }

    /// What a person should know besides.
    public var remarks: [FieldMessage] {
        var remarks: [FieldMessage] = []
        if isOutageOngoing { remarks.append("the outage goes on; the exclusion ends now") }
        if entry.exclusion.category == .forceMajeure, entry.details.kind == nil {
            let kinds = ForceMajeureKind.allCases.map(\.rawValue).joined(separator: ", ")
            remarks.append("\(id) does not say what happened: \(RequestField.kind) names it, \(kinds) (clause 3.4)")
        }
        if let refusal { remarks.append("\(id) is recorded but not admitted: \(refusal)") }
        return remarks
    }

    /// The same for programs.
    public var json: JSONObject { JSONObject("exclusion", members) }

    var members: [String: JSONValue] {
        ExclusionDocument.members(
            ExclusionDocument.Entry(entry.exclusion, revokedBy: nil, reason: nil, details: entry.details),
            under: agreement)
    }
}

/// An exclusion that was revoked.
public struct RevocationReceipt: Receipt {
    /// Its end.
    public let revocation: ExclusionAmendment.Revocation
    let zone: TimeZoneRules

    /// What was revoked, when, by whom and why.
    public static let columns = JSONColumns(["id", "at", "by", "reason"])

    /// What a person should know besides.
    public var remarks: [FieldMessage] { ["revoked \(revocation.id)"] }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "exclusion_revocation",
            [
                "id": .text(revocation.id), "at": .instant(revocation.at, zone), "by": .text(revocation.by),
                "reason": .text(revocation.reason),
            ])
    }
}

/// A lock that was ended.
public struct UnlockReceipt: Receipt {
    /// The exclusion that now holds the time it lasted.
    public let closed: ExclusionReceipt
    /// The end of the lock's own exclusion.
    public let revocation: ExclusionAmendment.Revocation

    /// The exclusion's, and the lock that it replaces.
    public static let columns = JSONColumns(ExclusionReceipt.columnNames + ["replaces"])

    init(_ recorded: Recorded, under agreement: Agreement) {
        closed = ExclusionReceipt(recorded, under: agreement)
        revocation = recorded.last { if case .revocation(let revocation) = $0 { revocation } else { nil } }
    }

    /// What is printed of it for people.
    public var text: String { closed.text }

    /// What a person should know besides.
    public var remarks: [FieldMessage] {
        ["revoked \(revocation.id), recorded \(closed.entry.exclusion.id) for the time it lasted"]
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject("suspension_unlock", closed.members.merging(["replaces": .text(revocation.id)]) { $1 })
    }
}
