/// What an amendment changes, and by which facts.
public struct StatementChanges: Hashable, Sendable, Codable {
    /// The rows that differ.
    public var rows: [RowChange]
    /// The facts that differ: agreement, terms, exclusions, samples.
    public var facts: [FactChange]

    /// Changes; those of an original are none.
    public init(rows: [RowChange] = [], facts: [FactChange] = []) {
        self.rows = rows
        self.facts = facts
    }

    /// Whether nothing differs: then the statement that stands is not amended.
    public var isEmpty: Bool { rows.isEmpty && facts.isEmpty }

    /// The changes from one closing of a month to the next: each row is given the facts that concern its service.
    public init(from before: ReportTable, to after: ReportTable, facts: [FactChange]) {
        self.facts = facts
        rows = RowChange.changes(from: before, to: after).map { row in
            var row = row
            row.facts = facts.indices.filter { facts[$0].concerns(row.service) }
            return row
        }
    }
}
