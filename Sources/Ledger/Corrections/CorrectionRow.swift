import GRDB
import SLA

/// A row of `corrections`.
struct CorrectionRow: FactRow {
    static let table = FactTable.corrections

    var number: Int64?
    var id: String
    var kind: String
    /// A JSON array of terms.
    var scope: String
    var startAt: Int64
    var endAt: Int64
    var reason: String
    var evidence: String
    /// Nil for what was known from the beginning.
    var recordedAt: Int64?
    var recordedBy: String

    enum CodingKeys: String, CodingKey {
        case number, id, kind, scope, reason, evidence
        case startAt = "start_at"
        case endAt = "end_at"
        case recordedAt = "recorded_at"
        case recordedBy = "recorded_by"
    }

    init(_ correction: Correction) throws {
        id = correction.id
        kind = correction.kind.rawValue
        scope = try JSONText.encode(correction.scope.map(\.text))
        startAt = correction.interval.start.milliseconds
        endAt = correction.interval.end.milliseconds
        reason = correction.reason
        evidence = correction.evidence
        recordedAt = correction.recordedAt?.milliseconds
        recordedBy = correction.recordedBy
    }

    func correction(_ revocation: Correction.Revocation?) throws -> Correction {
        let terms = try JSONText.decode([String].self, from: scope, CodingKeys.scope)
        return Correction(
            kind: try named(kind, CodingKeys.kind), id: id,
            scope: try terms.map { try parsed($0, CodingKeys.scope) { CorrectionTerm($0) } },
            interval: try interval(startAt, endAt, CodingKeys.endAt), reason: reason, evidence: evidence,
            recordedAt: recordedAt.map(Instant.init), recordedBy: recordedBy, revocation: revocation)
    }
}

/// A row of `correction_revocations`.
struct CorrectionRevocationRow: FactRow {
    static let table = FactTable.correctionRevocations

    var number: Int64?
    /// The number of the correction.
    var correction: Int64
    var at: Int64
    var by: String
    var reason: String

    init(_ revocation: Correction.Revocation, of correction: Int64) {
        self.correction = correction
        at = revocation.at.milliseconds
        by = revocation.by
        reason = revocation.reason
    }

    var revocation: Correction.Revocation {
        Correction.Revocation(at: Instant(milliseconds: at), by: by, reason: reason)
    }
}
