import SLA

/// What an amendment changed, for people.
enum StatementChangesText {
    /// `2026-10/1`, or `2026-10/2 amends 2026-10/1: 3 rows changed`.
    static func heading(_ statement: ClosedStatement) -> String {
        guard let amended = statement.draft.amends else { return statement.number.description }
        let rows = statement.draft.changes.rows.count
        let changed = rows == 0 ? "no row changed" : rows == 1 ? "1 row changed" : "\(rows) rows changed"
        return "\(statement.number) amends \(amended): \(changed)"
    }

    /// Each row that changed, with its cells and the facts that can explain it; then the facts that changed no row.
    static func changes(_ statement: ClosedStatement) -> String {
        let (changes, zone) = (statement.draft.changes, statement.zone)
        var text = ""
        for row in changes.rows {
            text += "\n\(row.service)" + (row.kind == .changed ? "" : " (\(row.kind.rawValue))") + "\n"
            let width = row.cells.map(\.column.count).max() ?? 0
            for cell in row.cells where !isEmpty(cell) {
                text += "  " + cell.column + String(repeating: " ", count: width - cell.column.count)
                text += "  \(shown(cell.before, cell.column)) -> \(shown(cell.after, cell.column))\n"
            }
            if row.facts.isEmpty {
                text += "  no recorded fact explains it; this is availd \(statement.draft.program)\n"
            }
            for index in row.facts where changes.facts.indices.contains(index) {
                text += "  because of " + line(changes.facts[index], in: zone) + "\n"
            }
        }
        let used = Set(changes.rows.flatMap(\.facts))
        let idle = changes.facts.indices.filter { !used.contains($0) }
        if !idle.isEmpty { text += "\nChanged without changing a row:\n" }
        for index in idle { text += "  " + line(changes.facts[index], in: zone) + "\n" }
        return text
    }

    private static func isEmpty(_ cell: RowChange.Cell) -> Bool {
        (cell.before ?? "").isEmpty && (cell.after ?? "").isEmpty
    }

    /// A cell for people: the CSV has amounts ungrouped.
    private static func shown(_ value: String?, _ column: String) -> String {
        guard let value, !value.isEmpty else { return "-" }
        return column == "credit_amount" ? AmountText.shown(value.onOneLine) : value.onOneLine
    }

    private static func line(_ fact: FactChange, in zone: TimeZoneRules) -> String {
        var text = "\(fact.kind.rawValue) \(fact.subject): \(fact.text)"
        if let at = fact.at { text += ", " + RFC3339.text(Instant(milliseconds: at), in: zone) }
        if let by = fact.by, !by.isEmpty { text += " by \(by)" }
        return text.onOneLine
    }
}
