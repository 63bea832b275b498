import GRDB
import SLA

extension LedgerSnapshot: RecordedExclusions {
    /// Every exclusion ever recorded, revoked ones too, in the order in which they were recorded.
    /// - Throws: ``LedgerError``.
    public func exclusions() throws -> [RecordedExclusion] {
        try exclusions(ExclusionRow.all(), ExclusionRevocationRow.all(), ExclusionDetailsRow.all())
    }

    /// The exclusion called `id`; nil where there is none.
    /// - Throws: ``LedgerError``.
    public func exclusion(_ id: String) throws -> RecordedExclusion? {
        try exclusions(ExclusionRow.filter(Column("id") == id).select(Column("number"))).first
    }

    /// How many exclusions there are, revoked ones too: none is ever deleted, so the last has that number.
    /// - Throws: ``LedgerError``.
    public func exclusionCount() throws -> Int {
        try Int.fetchOne(db, ExclusionRow.select(max(Column("number")))) ?? 0
    }

    /// The locks and ends of services that are not over, in the order in which they were recorded.
    /// - Throws: ``LedgerError``.
    public func openSuspensions() throws -> [RecordedExclusion] {
        // From those that are suspensions at all: an index of what is open would be kept for each exclusion.
        let open: SQLRequest<Int64> = """
            SELECT exclusion FROM exclusion_details CROSS JOIN exclusions ON number = exclusion
            WHERE act IS NOT NULL AND end_at = \(Exclusion.openEnd.milliseconds)
                AND NOT EXISTS (
                    SELECT 1 FROM exclusion_revocations AS revocation WHERE revocation.exclusion = exclusions.number)
            """
        let numbers = try open.fetchAll(db)
        if numbers.isEmpty { return [] }
        let known: SQLRequest<Int64> = "SELECT value FROM json_each(\(try JSONText.encode(numbers)))"
        return try exclusions(known).filter(\.isOpenSuspension)
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

    /// Those whose numbers are among `numbers`.
    private func exclusions(_ numbers: some SQLSubqueryable) throws -> [RecordedExclusion] {
        let isOfThem = numbers.contains(Column("exclusion"))
        return try exclusions(
            ExclusionRow.filter(numbers.contains(Column("number"))), ExclusionRevocationRow.filter(isOfThem),
            ExclusionDetailsRow.filter(isOfThem))
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
