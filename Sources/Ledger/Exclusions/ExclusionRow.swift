import GRDB
import SLA

/// A row of `exclusions`.
struct ExclusionRow: FactRow {
    static let table = FactTable.exclusions

    var number: Int64?
    var id: String
    var category: String
    /// A JSON array of terms.
    var scope: String
    var startAt: Int64
    var endAt: Int64
    var noticeAt: Int64?
    var evidence: String
    /// Nil for what was known from the beginning.
    var recordedAt: Int64?
    var recordedBy: String
    /// Nil where it names no recurring plan.
    var plan: String?

    enum CodingKeys: String, CodingKey {
        case number, id, category, scope, evidence, plan
        case startAt = "start_at"
        case endAt = "end_at"
        case noticeAt = "notice_at"
        case recordedAt = "recorded_at"
        case recordedBy = "recorded_by"
    }

    init(_ exclusion: Exclusion) throws {
        id = exclusion.id
        category = exclusion.category.rawValue
        scope = try JSONText.encode(exclusion.scope.map(\.text))
        startAt = exclusion.interval.start.milliseconds
        endAt = exclusion.interval.end.milliseconds
        noticeAt = exclusion.noticeAt?.milliseconds
        evidence = exclusion.evidence
        recordedAt = exclusion.recordedAt?.milliseconds
        recordedBy = exclusion.recordedBy
        plan = exclusion.plan
    }

    func exclusion(revokedAt: Instant?) throws -> Exclusion {
        Exclusion(
            id: id, category: try named(category, CodingKeys.category), scope: try scope(scope, CodingKeys.scope),
            interval: try interval(startAt, endAt, CodingKeys.endAt), noticeAt: noticeAt.map(Instant.init),
            evidence: evidence, recordedAt: recordedAt.map(Instant.init), recordedBy: recordedBy, revokedAt: revokedAt,
            plan: plan)
    }
}
