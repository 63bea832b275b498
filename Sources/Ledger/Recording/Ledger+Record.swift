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
        let writer = try write { db in
            var writer = FactWriter(db, path: path, known: known)
            for fact in try decide(LedgerSnapshot(db: db, path: path)) { try writer.write(fact) }
            return writer
        }
        self.known.withLock { $0.merge(writer.found) }
        keepLog()
        return writer.recorded
    }
}
