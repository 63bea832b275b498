import GRDB
import SLA

extension Ledger {
    /// Records the facts that `decide` returns, in one transaction that is on the disk when this returns.
    ///
    /// The transaction begins by taking the write lock: what `decide` reads of the snapshot holds until its facts are
    /// recorded, and nobody records anything in between. Where it throws, a refusal of the contract for one, that is
    /// passed on and nothing is recorded.
    /// - Throws: ``LedgerError``; nothing is then recorded.
    @discardableResult
    public func record(_ decide: (LedgerSnapshot) throws -> [Fact]) throws -> Recorded {
        let known = known.withLock { $0 }
        let (writer, position) = try write { db in
            var writer = FactWriter(db, path: path, known: known)
            for fact in try decide(LedgerSnapshot(db: db, path: path)) { try writer.write(fact) }
            return (writer, try advance(by: writer.recorded, in: db))
        }
        self.known.withLock { $0.merge(writer.found) }
        if let position { mark.withLock { $0.note(position) } }
        keepLog()
        return writer.recorded
    }

    /// The position after a commit of what was `recorded`; nil where that is nothing.
    private func advance(by recorded: Recorded, in db: Database) throws -> LedgerPosition? {
        if recorded.facts.isEmpty { return nil }
        // The daemon's first commit says what is missing, and from then on the ledger is beyond its mark again.
        let found = try PositionRow.position(in: db)
        if let last = mark.withLock({ $0.setBack(found) }) {
            throw LedgerError.damaged(
                path: path,
                reason: """
                    it was set back to its commit \(found.sequence) while it is open, which was at \(last.sequence); \
                    restart availd, which records what is missing
                    """)
        }
        let next = found.advanced(
            by: recorded, isProbed: isDaemons, above: loss?.marked.sequence ?? 0)
        try PositionRow.set(next, in: db)
        return next
    }
}
