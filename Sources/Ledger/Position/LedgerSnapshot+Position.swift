import SLA

extension LedgerSnapshot {
    /// How far the ledger is.
    /// - Throws: ``LedgerError``.
    public func position() throws -> LedgerPosition { try PositionRow.position(in: db) }
}
