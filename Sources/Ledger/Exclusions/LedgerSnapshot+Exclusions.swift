import GRDB
import SLA

extension LedgerSnapshot {
    /// Every exclusion ever recorded, revoked ones too, in the order in which they were recorded.
    /// - Throws: ``LedgerError``.
    public func exclusions() throws -> [RecordedExclusion] {
        try exclusions(ExclusionRow.all(), ExclusionRevocationRow.all(), ExclusionDetailsRow.all())
    }

    /// The exclusion called `id`; nil where there is none.
    /// - Throws: ``LedgerError``.
    public func exclusion(_ id: String) throws -> RecordedExclusion? {
        let row = ExclusionRow.filter(Column("id") == id)
        guard let number = try Int64.fetchOne(db, row.select(Column("number"))) else { return nil }
        let isOfIt = Column("exclusion") == number
        return try exclusions(row, ExclusionRevocationRow.filter(isOfIt), ExclusionDetailsRow.filter(isOfIt)).first
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

    private func exclusions(
        _ exclusions: QueryInterfaceRequest<ExclusionRow>,
        _ revocations: QueryInterfaceRequest<ExclusionRevocationRow>,
        _ details: QueryInterfaceRequest<ExclusionDetailsRow>
    ) throws -> [RecordedExclusion] {
        let revocations = Dictionary(
            try all(revocations) { ($0.exclusion, $0) }, uniquingKeysWith: { first, _ in first })
        let details = Dictionary(
            try all(details) { ($0.exclusion, try $0.details()) }, uniquingKeysWith: { first, _ in first })
        return try all(exclusions.order(Column("number"))) { row in
            let number = row.number ?? 0
            let revocation = revocations[number]
            return RecordedExclusion(
                exclusion: try row.exclusion(revokedAt: revocation.map { Instant(milliseconds: $0.at) }),
                revokedBy: revocation?.by, revocationReason: revocation?.reason,
                details: details[number] ?? ExclusionDetails())
        }
    }
}
