/// A row of an inventory on its way to the tree that YAML would make of it.
struct InventoryRow {
    /// The service that the row makes.
    private(set) var node: DocumentNode

    init(line: Int) {
        node = DocumentNode(content: .mapping([]), line: line)
    }

    /// Adds a cell of a known column. An empty one is not written.
    mutating func add(_ cell: String, column: String) {
        guard !cell.isEmpty, let (form, path) = InventoryColumn.all[column] else { return }
        // By bytes: a word may begin with a mark that would join the space before it.
        let words = cell.utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) }
        switch form {
        case .text: set(scalar(cell, column), at: path, column)
        case .words: set(list(words.map { scalar(String($0), column) }, column), at: path, column)
        case .terms: set(list(words.map { term($0, column) }, column), at: path, column)
        case .term(let end):
            // Both ends belong to one term; whichever column comes first makes it.
            var ends = [entry(end, scalar(cell, column))]
            if case .mapping(let entries) = node.content,
                case .list(let terms)? = entries.first(where: { $0.key == "paid" })?.value.content,
                case .mapping(let others)? = terms.first?.content
            {
                ends += others
            }
            set(list([mapping(ends, nil)], nil), at: path, column)
        }
    }

    /// A term written `FROM/TO`, or `FROM/` without an end.
    private func term(_ word: Substring, _ column: String) -> DocumentNode {
        let ends = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard ends.count == 2 else { return scalar(String(word), column) }
        let entries = zip(["from", "to"], ends).filter { $0.0 == "from" || !$0.1.isEmpty }
        return mapping(entries.map { entry($0.0, scalar($0.1, column)) }, column)
    }

    private mutating func set(_ value: DocumentNode, at path: [String], _ column: String) {
        node = setting(value, at: path[...], in: node, column)
    }

    private func setting(
        _ value: DocumentNode, at path: ArraySlice<String>, in node: DocumentNode, _ column: String
    ) -> DocumentNode {
        guard let key = path.first, case .mapping(var entries) = node.content else { return value }
        let index = entries.firstIndex { $0.key == key }
        let inner = index.map { entries[$0].value } ?? mapping([], path.count > 1 ? column : nil)
        let new = entry(key, setting(value, at: path.dropFirst(), in: inner, column))
        if let index { entries[index] = new } else { entries.append(new) }
        return DocumentNode(content: .mapping(entries), line: node.line, name: node.name)
    }

    private func scalar(_ text: String, _ column: String) -> DocumentNode {
        DocumentNode(content: .scalar(text, isPlain: false), line: node.line, name: column)
    }

    private func list(_ items: [DocumentNode], _ column: String?) -> DocumentNode {
        DocumentNode(content: .list(items), line: node.line, name: column)
    }

    private func mapping(_ entries: [DocumentNode.Entry], _ column: String?) -> DocumentNode {
        DocumentNode(content: .mapping(entries), line: node.line, name: column)
    }

    private func entry(_ key: String, _ value: DocumentNode) -> DocumentNode.Entry {
        DocumentNode.Entry(key: key, line: node.line, value: value)
    }
}
