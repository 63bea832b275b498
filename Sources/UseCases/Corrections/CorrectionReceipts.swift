import Ledger
import Reporting
import SLA

/// A void or a downtime that was recorded.
public struct CorrectionReceipt: Receipt {
    /// The correction as it was recorded.
    public let correction: Correction
    private let zone: TimeZoneRules

    /// The correction's, as in the lists.
    public static let columns = JSONColumns([
        "id", "kind", "scope", "from", "to", "reason", "evidence", "recorded_at", "recorded_by", "revoked_at",
        "revoked_by", "revocation_reason", "applied", "refusal",
    ])

    init(_ recorded: Recorded, in zone: TimeZoneRules) {
        correction = recorded.last { if case .correction(let correction) = $0 { correction } else { nil } }
        self.zone = zone
    }

    /// What is printed of it for people.
    public var text: String { correction.id + "\n" }

    /// What a person should know besides.
    public var remarks: [FieldMessage] {
        correction.refusal.map { ["\(correction.id) is recorded but applied to nothing: \($0)"] } ?? []
    }

    /// The same for programs.
    public var json: JSONObject {
        let members = CorrectionDocument.members(correction, in: zone)
        return switch correction.kind {
        case .void: JSONObject("void", members)
        case .downtime: JSONObject("downtime", members)
        }
    }
}

/// A void or a downtime that was revoked.
public struct CorrectionRevocationReceipt: Receipt {
    let id: String
    let kind: Correction.Kind
    let revocation: Correction.Revocation
    let zone: TimeZoneRules

    /// What was revoked, when, by whom and why.
    public static let columns = JSONColumns(["id", "at", "by", "reason"])

    /// What a person should know besides.
    public var remarks: [FieldMessage] { ["revoked \(id)"] }

    /// The same for programs.
    public var json: JSONObject {
        let members: [String: JSONValue] = [
            "id": .text(id), "at": .instant(revocation.at, zone), "by": .text(revocation.by),
            "reason": .text(revocation.reason),
        ]
        return switch kind {
        case .void: JSONObject("void_revocation", members)
        case .downtime: JSONObject("downtime_revocation", members)
        }
    }
}

extension LedgerSnapshot {
    /// Every void or downtime known at `asOf`, by its beginning; a revocation that is not known by then is left out.
    /// - Throws: `LedgerError`.
    public func correctionDocument(
        of kind: Correction.Kind, asOf: Instant, in zone: TimeZoneRules
    ) throws -> CorrectionDocument {
        CorrectionDocument(
            kind,
            try corrections().filter { $0.kind == kind }.known(asOf: asOf)
                .sorted { ($0.interval.start, $0.id) < ($1.interval.start, $1.id) },
            in: zone)
    }
}
