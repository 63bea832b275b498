import SLA

/// What became of closing a month.
public struct ClosingDocument: Document {
    private let statement: ClosedStatement
    private let isWritten: Bool

    /// The closing that `statement` came of, or that found it standing, where nothing was written.
    public init(_ statement: ClosedStatement, isWritten: Bool) {
        self.statement = statement
        self.isWritten = isWritten
    }

    /// The statement's number, with what an amendment changed.
    public var text: String {
        guard isWritten else { return "\(statement.number)\n" }
        return StatementChangesText.heading(statement) + "\n" + StatementChangesText.changes(statement)
    }

    /// The statement, and whether it was written now.
    public var json: JSONObject {
        JSONObject("closing", statement.wholeMembers.merging(["written": .flag(isWritten)]) { _, new in new })
    }

    /// The month's report, byte for byte as it is kept.
    public var csv: String { String(decoding: statement.draft.csv, as: UTF8.self) }
}
