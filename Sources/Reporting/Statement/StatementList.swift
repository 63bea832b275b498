import SLA

/// Closed months, in the order in which they were closed.
public struct StatementList: Document {
    private let statements: [ClosedStatement]

    /// The list of `statements`.
    public init(_ statements: [ClosedStatement]) {
        self.statements = statements
    }

    /// A table, a line a statement.
    public var text: String {
        var table = TextTable([
            ("NUMBER", .left), ("AMENDS", .left), ("CLOSED AT", .left), ("CLOSED BY", .left), ("AS OF", .left),
            ("ROWS CHANGED", .right), ("REASON", .left),
        ])
        for statement in statements {
            let zone = statement.zone
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

    /// The same with digests and seals, without what changed.
    public var json: JSONObject {
        JSONObject("statements", ["statements": .list(statements.map { .object($0.members) })])
    }

    /// The same for spreadsheets.
    public var csv: String {
        CSVWriter.table(
            [
                "id", "month", "amends", "closed_at", "closed_by", "as_of", "rows_changed", "reason", "report_sha256",
                "seal",
            ],
            statements.map { statement in
                let (draft, zone) = (statement.draft, statement.zone)
                return [
                    statement.number.description, draft.month.description, draft.amends?.description ?? "",
                    RFC3339.text(draft.closedAt, in: zone), draft.closedBy, RFC3339.text(draft.asOf, in: zone),
                    statement.number.isAmendment ? "\(draft.changes.rows.count)" : "", draft.reason,
                    draft.digests.csv, statement.seal,
                ]
            })
    }
}
