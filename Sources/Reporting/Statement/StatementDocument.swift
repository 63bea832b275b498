import SLA

/// Closed months as `availd close` and `availd statement` show them.
public enum StatementDocument {
    /// `2026-10/1`, or `2026-10/2 amends 2026-10/1: 3 rows changed`, with the changes below it.
    public static func closing(_ statement: ClosedStatement, in zone: TimeZoneRules) -> String {
        heading(statement) + "\n" + changes(statement, in: zone)
    }

    /// A table, a line a statement.
    public static func list(_ statements: [ClosedStatement]) -> String {
        var table = TextTable([
            ("NUMBER", .left), ("AMENDS", .left), ("CLOSED AT", .left), ("CLOSED BY", .left), ("AS OF", .left),
            ("ROWS CHANGED", .right), ("REASON", .left),
        ])
        for statement in statements {
            let zone = zone(of: statement)
            table.add([
                statement.number.description, statement.draft.amends?.description ?? "",
                RFC3339.text(statement.draft.closedAt, in: zone), statement.draft.closedBy.onOneLine,
                RFC3339.text(statement.draft.asOf, in: zone),
                statement.number.isAmendment ? "\(statement.draft.changes.rows.count)" : "",
                statement.draft.reason.onOneLine,
            ])
        }
        return table.text
    }

    /// Who, when, by what, and what changed.
    public static func text(_ statement: ClosedStatement) -> String {
        let (draft, digests, zone) = (statement.draft, statement.draft.digests, zone(of: statement))
        let lines: [(String, String)] = [
            ("closed", RFC3339.text(draft.closedAt, in: zone) + " by " + draft.closedBy),
            ("reason", draft.reason), ("as of", RFC3339.text(draft.asOf, in: zone)), ("availd", draft.program),
            ("report", digests.csv), ("inputs", digests.inputs), ("agreement", digests.agreement),
            ("terms", digests.terms), ("exclusions", digests.exclusions), ("negotiations", digests.negotiations),
            ("samples", digests.samples),
            ("previous", statement.previousSeal), ("seal", statement.seal),
        ]
        let facts = lines.filter { !$0.1.isEmpty }.map { name, value in
            name + String(repeating: " ", count: 14 - name.count) + value.onOneLine + "\n"
        }
        return heading(statement) + "\n\n" + facts.joined() + changes(statement, in: zone)
    }

    /// The zone in which a statement was closed: as it is kept, whatever the configuration says today.
    private static func zone(of statement: ClosedStatement) -> TimeZoneRules {
        (try? InputDocument(text: statement.draft.inputs).inputs().catalog.agreement.calendar.zone) ?? .utc
    }

    private static func heading(_ statement: ClosedStatement) -> String {
        guard let amended = statement.draft.amends else { return statement.number.description }
        let rows = statement.draft.changes.rows.count
        let changed = rows == 0 ? "no row changed" : rows == 1 ? "1 row changed" : "\(rows) rows changed"
        return "\(statement.number) amends \(amended): \(changed)"
    }

    /// Each row that changed, with its cells and the facts that can explain it; then the facts that changed no row.
    private static func changes(_ statement: ClosedStatement, in zone: TimeZoneRules) -> String {
        let changes = statement.draft.changes
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
