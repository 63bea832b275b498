/// A piece of what an operator wrote, in YAML or as a row of a CSV file: texts, lists and mappings, each with
/// its line. Scalars keep their own text, so that `012`, `1e3`, `no` and `99.0` mean what they say.
struct DocumentNode {
    /// What it holds.
    var content: Content
    /// The line it begins on, from 1.
    var line: Int
    /// What messages call it where that is not its place in the document: a column's name.
    var name: String?

    enum Content {
        /// A text, and whether it was written without quotes.
        case scalar(String, isPlain: Bool)
        case list([DocumentNode])
        /// The entries in order, each key once.
        case mapping([Entry])
    }

    /// A key of a mapping, and what stands behind it.
    struct Entry {
        var key: String
        var line: Int
        var value: DocumentNode
    }

    /// Whether it is YAML's way to say nothing.
    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }
}
