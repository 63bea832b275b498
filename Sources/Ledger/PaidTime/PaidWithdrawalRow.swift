import GRDB
import SLA

/// A row of `paid_withdrawals`.
struct PaidWithdrawalRow: FactRow {
    static let table = FactTable.paidWithdrawals

    var number: Int64?
    var service: String
    var startAt: Int64
    var endAt: Int64
    var reason: String
    var at: Int64
    var by: String

    enum CodingKeys: String, CodingKey {
        case number, service, reason, at, by
        case startAt = "start_at"
        case endAt = "end_at"
    }

    init(_ withdrawal: PaidWithdrawal) {
        service = withdrawal.service
        startAt = withdrawal.interval.start.milliseconds
        endAt = withdrawal.interval.end.milliseconds
        reason = withdrawal.reason
        at = withdrawal.recordedAt.milliseconds
        by = withdrawal.recordedBy
    }

    func withdrawal(_ reinstatements: [Int64: PaidWithdrawal.Reinstatement]) throws -> PaidWithdrawal {
        let number = number ?? 0
        return PaidWithdrawal(
            id: Self.id(number), service: service, interval: try interval(startAt, endAt, CodingKeys.endAt),
            reason: reason, recordedAt: Instant(milliseconds: at), recordedBy: by,
            reinstatement: reinstatements[number])
    }

    /// What people call the withdrawal numbered `number`.
    static func id(_ number: Int64) -> String { "W\(number)" }
}

/// A row of `paid_reinstatements`.
struct PaidReinstatementRow: FactRow {
    static let table = FactTable.paidReinstatements

    var withdrawal: Int64
    var at: Int64
    var by: String
    var reason: String

    var end: PaidWithdrawal.Reinstatement {
        PaidWithdrawal.Reinstatement(at: Instant(milliseconds: at), by: by, reason: reason)
    }
}

extension FactWriter {
    func add(_ withdrawal: PaidWithdrawal) throws -> PaidWithdrawal {
        try PaidWithdrawalRow(withdrawal).insert(db)
        var recorded = withdrawal
        recorded.id = PaidWithdrawalRow.id(db.lastInsertedRowID)
        return recorded
    }

    func add(_ end: PaidWithdrawal.Reinstatement, of withdrawal: String) throws {
        guard let number = Int64(withdrawal.dropFirst()) else { throw TermsError.unknown(id: withdrawal) }
        try PaidReinstatementRow(withdrawal: number, at: end.at.milliseconds, by: end.by, reason: end.reason)
            .insert(db)
    }
}

extension LedgerSnapshot {
    /// Every correction of paid time, in the order in which it was recorded.
    /// - Throws: ``LedgerError``.
    public func paidWithdrawals() throws -> [PaidWithdrawal] {
        let ends = Dictionary(
            try every { (row: PaidReinstatementRow) in (row.withdrawal, row.end) },
            uniquingKeysWith: { first, _ in first })
        return try every { (row: PaidWithdrawalRow) in try row.withdrawal(ends) }
    }

    /// A number that grows whenever terms are imported, withdrawn or reinstated, or rules corrected, by whichever program,
    /// and only then. It takes constant time to read.
    /// - Throws: ``LedgerError``.
    public func termsVersion() throws -> Int64 {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT coalesce((SELECT max(number) FROM billed_terms), 0)
                        + coalesce((SELECT max(number) FROM paid_withdrawals), 0)
                        + (SELECT count(*) FROM paid_reinstatements)
                        + coalesce((SELECT max(number) FROM rule_corrections), 0)
                    """)) ?? 0
    }
}
