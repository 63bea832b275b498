import GRDB
import SLA

extension LedgerSnapshot {
    /// Every exclusion ever recorded, revoked ones too, in the order in which they were recorded.
    /// - Throws: ``LedgerError``.
    public func exclusions() throws -> [RecordedExclusion] {
        let revocations = Dictionary(
            try every { (row: ExclusionRevocationRow) in (row.exclusion, row) },
            uniquingKeysWith: { first, _ in first })
        let details = Dictionary(
            try every { (row: ExclusionDetailsRow) in (row.exclusion, try row.details()) },
            uniquingKeysWith: { first, _ in first })
        return try every { (row: ExclusionRow) in
            let number = row.number ?? 0
            let revocation = revocations[number]
            return RecordedExclusion(
                exclusion: try row.exclusion(revokedAt: revocation.map { Instant(milliseconds: $0.at) }),
                revokedBy: revocation?.by, revocationReason: revocation?.reason,
                details: details[number] ?? ExclusionDetails())
        }
    }

    /// The locks and ends of services that are not over, in the order in which they were recorded.
    /// - Throws: ``LedgerError``.
    public func openSuspensions() throws -> [RecordedExclusion] {
        try exclusions().filter(\.isOpenSuspension)
    }

    /// A number that grows whenever an exclusion is recorded or revoked, by whichever program, and only then.
    /// It takes constant time to read.
    /// - Throws: ``LedgerError``.
    public func exclusionsVersion() throws -> Int64 {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT coalesce((SELECT max(number) FROM exclusions), 0)
                        + coalesce((SELECT max(number) FROM exclusion_revocations), 0)
                    """)) ?? 0
    }
}
