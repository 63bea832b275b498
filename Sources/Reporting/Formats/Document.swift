/// How a document is shown.
public enum DocumentFormat: String, CaseIterable, Sendable {
    /// For people.
    case text
    /// For programs.
    case json
    /// For spreadsheets and scripts.
    case csv
}

/// What a use case answers: a value that knows how people, programs and spreadsheets read it.
public protocol Document: Sendable {
    /// For people, lines that end with a line feed.
    var text: String { get }
    /// For programs: `docs/format/json.md` has the members of each schema.
    var json: JSONObject { get }
    /// For spreadsheets and scripts: RFC 4180 with a header, UTF-8, CRLF.
    var csv: String { get }
    /// What a reader of the CSV should know, and its columns have no room for; a line each.
    var remarksBesideCSV: [String] { get }
}

extension Document {
    /// None.
    public var remarksBesideCSV: [String] { [] }

    /// The document as it is printed.
    public func shown(as format: DocumentFormat) -> String {
        switch format {
        case .text: text
        case .json: json.text
        case .csv: csv
        }
    }
}
