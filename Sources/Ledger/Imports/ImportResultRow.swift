import GRDB
import SLA

/// A row of `import_results`.
struct ImportResultRow: FactRow {
    static let table = FactTable.importResults

    var number: Int64?
    /// The number of the import.
    var `import`: Int64
    var at: Int64
    var recorded: Int
    var repeated: Int
    var kept: Int
    /// A JSON array of `[reason, count]`, both texts.
    var dropped: String

    init(_ outcome: ImportOutcome, of number: Int64, at: Instant) throws {
        `import` = number
        self.at = at.milliseconds
        recorded = outcome.recorded
        repeated = outcome.repeated
        kept = outcome.kept
        dropped = try JSONText.encode(outcome.dropped.map { [$0.reason, String($0.count)] })
    }

    func outcome() throws -> ImportOutcome {
        let pairs = try JSONText.decode([[String]].self, from: dropped, CodingKeys.dropped)
        return ImportOutcome(
            recorded: recorded, repeated: repeated, kept: kept,
            dropped: try pairs.map { pair in
                guard pair.count == 2, let count = Int(pair[1]) else {
                    throw ColumnDamage(CodingKeys.dropped, "unexpected JSON \(dropped)")
                }
                return ImportOutcome.Drop(reason: pair[0], count: count)
            })
    }
}
