import GRDB
import SLA

extension LedgerSnapshot {
    /// Compares `samples` of one pass of `check`, in order of time, with those of the ledger.
    /// - Throws: ``LedgerError``.
    public func compare(
        _ samples: some Sequence<Sample>, of check: CheckID, pass: Pass = 0
    ) throws -> SampleComparison {
        var comparison = SampleComparison()
        guard let series = try series(check).first(where: { $0.pass == pass }) else {
            for _ in samples { comparison.new += 1 }
            return comparison
        }
        var recorded: RowCursor?
        var known: Sample?
        for sample in samples {
            if recorded == nil {
                let statement = try db.makeStatement(
                    sql: "SELECT at, state, family FROM samples WHERE series = ? AND at >= ? ORDER BY at")
                recorded = try Row.fetchCursor(statement, arguments: [series.id, sample.at.milliseconds])
                known = try recorded?.next().map { try self.sample($0, of: series) }
            }
            while let earlier = known, earlier.at < sample.at {
                known = try recorded?.next().map { try self.sample($0, of: series) }
            }
            guard let known, known.at == sample.at else {
                comparison.new += 1
                continue
            }
            if known.state == sample.state {
                comparison.repeated += 1
            } else {
                comparison.conflicts.append(
                    SampleConflict(check: check, at: sample.at, kept: known.state, refused: sample.state))
            }
        }
        return comparison
    }
}
