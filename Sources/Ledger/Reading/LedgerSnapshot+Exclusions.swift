import GRDB
import SLA

extension LedgerSnapshot {
    /// Every exclusion ever recorded, revoked ones too, in the order in which they were recorded.
    /// - Throws: ``LedgerError``.
    public func exclusions() throws -> [RecordedExclusion] {
        try Row.fetchAll(db, sql: Self.selection + " ORDER BY e.number").map(recordedExclusion)
    }

    /// The exclusion called `id`; nil where there is none.
    /// - Throws: ``LedgerError``.
    public func exclusion(_ id: String) throws -> RecordedExclusion? {
        try Row.fetchOne(db, sql: Self.selection + " WHERE e.id = ?", arguments: [id]).map(recordedExclusion)
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

    /// The locks and ends of services that are not over, in the order in which they were recorded.
    /// - Throws: ``LedgerError``.
    public func openSuspensions() throws -> [RecordedExclusion] {
        try exclusions().filter(\.isOpenSuspension)
    }

    private static let selection = """
        SELECT e.id, e.category, e.scope, e.start_at, e.end_at, e.notice_at, e.evidence, e.recorded_at,
            e.recorded_by, r.at, r.by, r.reason,
            d.kind, d.act, d.breach, d.outage_service, d.outage_start, d.origin
        FROM exclusions e
        LEFT JOIN exclusion_revocations r ON r.exclusion = e.number
        LEFT JOIN exclusion_details d ON d.exclusion = e.number
        """

    private func recordedExclusion(_ row: Row) throws -> RecordedExclusion {
        let id = try row.decode(String.self, atIndex: 0)
        let terms = try JSONText.decode(
            [String].self, from: try row.decode(String.self, atIndex: 2), path: path)
        let scope = terms.compactMap { ScopeTerm($0) }
        guard scope.count == terms.count, let interval = Interval(try row.instant(3), try row.instant(4)) else {
            throw LedgerError.damaged(path: path, reason: "exclusion \(id) has an impossible scope or interval")
        }
        return RecordedExclusion(
            exclusion: Exclusion(
                id: id, category: try row.named(1, path: path), scope: scope, interval: interval,
                noticeAt: try row.optionalInstant(5), evidence: try row.decode(String.self, atIndex: 6),
                recordedAt: try row.optionalInstant(7), recordedBy: try row.decode(String.self, atIndex: 8),
                revokedAt: try row.optionalInstant(9)),
            revokedBy: try row.decode(String?.self, atIndex: 10),
            revocationReason: try row.decode(String?.self, atIndex: 11), details: try details(row))
    }

    private func details(_ row: Row) throws -> ExclusionDetails {
        func named<Value: RawRepresentable<String>>(_ index: Int) throws -> Value? {
            try row.decode(String?.self, atIndex: index) == nil ? nil : row.named(index, path: path)
        }
        let outage = try row.decode(String?.self, atIndex: 15).map { service in
            ExclusionDetails.Outage(service: service, start: try row.instant(16))
        }
        return ExclusionDetails(
            kind: try named(12), act: try named(13), breach: try row.decode(String?.self, atIndex: 14), outage: outage,
            origin: try row.decode(String?.self, atIndex: 17))
    }
}
