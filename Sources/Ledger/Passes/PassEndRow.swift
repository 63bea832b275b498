import GRDB
import SLA

/// A row of `pass_ends`.
struct PassEndRow: FactRow {
    static let table = FactTable.passEnds

    var number: Int64?
    var pass: Pass
    var service: String?
    var checkID: String?
    /// Nil where that is not known.
    var endsAt: Int64?
    /// The daemon's next pass; nil of a check from elsewhere.
    var next: Pass?
    var recordedAt: Int64

    enum CodingKeys: String, CodingKey {
        case number, pass, service, next
        case checkID = "check_id"
        case endsAt = "ends_at"
        case recordedAt = "recorded_at"
    }

    init(_ end: PassEnd) {
        pass = end.pass
        service = end.check?.service
        checkID = end.check?.check
        endsAt = end.at?.milliseconds
        next = end.next
        recordedAt = end.recordedAt.milliseconds
    }

    var end: PassEnd {
        PassEnd(
            pass: pass, check: service.flatMap { service in checkID.map { CheckID(service: service, check: $0) } },
            at: endsAt.map(Instant.init), next: next, recordedAt: Instant(milliseconds: recordedAt))
    }
}

extension FactWriter {
    func add(_ end: PassEnd) throws { try PassEndRow(end).insert(db) }
}
