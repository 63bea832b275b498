import GRDB
import SLA

extension LedgerSnapshot {
    /// Every correction ever recorded, revoked ones too, in the order in which they were recorded.
    /// - Throws: ``LedgerError``.
    public func corrections() throws -> [Correction] {
        let revocations = Dictionary(
            try all(CorrectionRevocationRow.all()) { ($0.correction, $0.revocation) },
            uniquingKeysWith: { first, _ in first })
        return try every { (row: CorrectionRow) in try row.correction(revocations[row.number ?? 0]) }
    }

    /// A number that grows whenever a correction is recorded or revoked, by whichever program, and only then.
    /// It takes constant time to read.
    /// - Throws: ``LedgerError``.
    public func correctionsVersion() throws -> Int64 {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT coalesce((SELECT max(number) FROM corrections), 0)
                        + coalesce((SELECT max(number) FROM correction_revocations), 0)
                    """)) ?? 0
    }
}
