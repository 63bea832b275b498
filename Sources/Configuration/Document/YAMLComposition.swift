import Intake

/// Makes a ``DocumentNode`` of what a YAML text consists of: aliases and merge keys resolved, within bounds.
///
/// What an alias means is shared, not copied, and counts as if it were written out: for what it holds, whoever reads the
/// document looks at it once more. So the work that a text makes has one bound, whatever its aliases multiply: lists,
/// mappings, keys, what is merged, or long texts.
struct YAMLComposition {
    /// A node, and how deep what it holds is nested.
    private struct Part {
        var node: DocumentNode
        var height = 0
        /// What it counts for where it is meant again.
        var weight = 0
    }

    private enum Step {
        case key(String)
        case item(Int)
    }

    /// Why nothing more is read.
    private enum Stop: Error {
        case fault(YAMLFault)
        case mistake(Diagnostic)
        /// So much is wrong that nobody reads on.
        case enough
    }

    private static let maximumDepth = 64
    /// A key is a word, and stands in the message of every mistake behind it.
    private static let longestKey = 256
    /// So many bytes of a text count as much as a node.
    private static let bytesOfANode = 32

    private let text: String
    private let file: String
    private let events: YAMLEvents
    /// How much more may be read. A node takes at least a byte, so only aliases lead past the size of the file, and a
    /// million of them is more than a person writes.
    private var budget: Int
    private var anchors: [String: Part] = [:]
    /// What leads to the node that is being read.
    private var path: [Step] = []
    private var mistakes: [Diagnostic] = []

    /// A reading of `text`, which messages call `file`.
    init(_ text: String, file: String) {
        self.text = text
        self.file = file
        events = YAMLEvents(text)
        budget = text.utf8.count + 1_000_000
    }

    /// The document, or nil where there is none to read on with; the mistakes go to `findings`.
    mutating func document(_ findings: Findings) -> DocumentNode? {
        do throws(Stop) {
            let root = try root()
            for mistake in mistakes { findings.report(mistake) }
            return root
        } catch {
            switch error {
            case .fault(let fault): findings.report(fault.diagnostic(in: text, file: file))
            case .mistake(let mistake): findings.report(mistake)
            case .enough: for mistake in mistakes { findings.report(mistake) }
            }
            return nil
        }
    }

    private mutating func root() throws(Stop) -> DocumentNode {
        guard let first = try begin() else {
            throw .mistake(
                Diagnostic(file: file, message: "holds nothing (empty, or comments only), expected a mapping"))
        }
        let root = try part(first, depth: 0).node
        // The end of the document.
        _ = try next()
        let after = try next()
        guard case .endOfText = after.kind else {
            throw .mistake(mistake("a second document begins here, expected one in a file", line: after.line))
        }
        return root
    }

    /// The first piece of the document; nil where there is none.
    private func begin() throws(Stop) -> YAMLEvents.Event? {
        while true {
            let event = try next()
            switch event.kind {
            case .beginning: continue
            case .endOfText: return nil
            default: return event
            }
        }
    }

    private func next() throws(Stop) -> YAMLEvents.Event {
        do { return try events.next() } catch { throw .fault(error) }
    }

    // MARK: - Nodes

    /// The node that begins with `event`, `depth` levels below the document's own.
    private mutating func part(_ event: YAMLEvents.Event, depth: Int) throws(Stop) -> Part {
        if case .alias(let name) = event.kind { return try meant(by: name, line: event.line, depth: depth) }
        let before = budget
        try spend(1, line: event.line)
        try demand(depth, line: event.line)
        try refuseTag(of: event)
        var part = Part(node: DocumentNode(content: .scalar("", isPlain: true), line: event.line))
        switch event.kind {
        case .scalar(let text, let isPlain):
            try spend(text.utf8.count / Self.bytesOfANode, line: event.line)
            part.node.content = .scalar(text, isPlain: isPlain)
        case .list: part = try list(line: event.line, depth: depth)
        case .mapping: part = try mapping(line: event.line, depth: depth)
        case .alias, .end, .beginning, .endOfText: break
        }
        part.weight = before - budget
        if let name = event.anchor { anchors[name] = part }
        return part
    }

    /// What the alias called `name` means.
    private mutating func meant(by name: String, line: Int, depth: Int) throws(Stop) -> Part {
        guard let part = anchors[name] else {
            throw .mistake(mistake("an alias of an anchor that is not defined above it", line: line))
        }
        try spend(part.weight, line: line)
        try demand(depth + part.height, line: line)
        return part
    }

    private mutating func list(line: Int, depth: Int) throws(Stop) -> Part {
        var items: [DocumentNode] = []
        var height = 0
        while let event = try item() {
            path.append(.item(items.count))
            let item = try part(event, depth: depth + 1)
            path.removeLast()
            height = max(height, item.height + 1)
            items.append(item.node)
        }
        return Part(node: DocumentNode(content: .list(items), line: line), height: height)
    }

    /// The entries of a mapping, its own before those it merges, each key once.
    private mutating func mapping(line: Int, depth: Int) throws(Stop) -> Part {
        var entries: [DocumentNode.Entry] = []
        var height = 0
        var lines: [String: Int] = [:]
        var merged: [DocumentNode] = []
        while let event = try item() {
            let keyLine = event.line
            let name = try key(event, depth: depth)
            let value: Part
            if let name {
                path.append(.key(name.text))
                value = try part(try next(), depth: depth + 1)
                if let first = lines[name.text] {
                    try report("duplicate key, first on line \(first)", line: keyLine)
                }
                path.removeLast()
            } else {
                value = try part(try next(), depth: depth + 1)
            }
            height = max(height, value.height + 1)
            guard let name, lines.updateValue(lines[name.text] ?? keyLine, forKey: name.text) == nil else { continue }
            if name.text == "<<", name.isPlain {
                merged.append(value.node)
            } else {
                entries.append(DocumentNode.Entry(key: name.text, line: keyLine, value: value.node))
            }
        }
        for node in merged { try merge(node, into: &entries, known: &lines) }
        return Part(node: DocumentNode(content: .mapping(entries), line: line), height: height)
    }

    /// The key that `event` begins; nil where it is none.
    private mutating func key(_ event: YAMLEvents.Event, depth: Int) throws(Stop) -> (text: String, isPlain: Bool)? {
        guard case .scalar(let text, let isPlain) = try part(event, depth: depth + 1).node.content else {
            try report("a key that is a list or a mapping, expected a word", line: event.line)
            return nil
        }
        guard text.utf8.count <= Self.longestKey else {
            try report("a key of \(text.utf8.count) bytes, expected a word", line: event.line)
            return nil
        }
        return (text, isPlain)
    }

    /// Adds the entries of a mapping, or of a list of them, whose keys are not there yet. What stands behind `<<` has
    /// been counted where it was read.
    private mutating func merge(
        _ node: DocumentNode, into entries: inout [DocumentNode.Entry], known: inout [String: Int]
    ) throws(Stop) {
        var mappings = [node]
        if case .list(let items) = node.content { mappings = items }
        for mapping in mappings {
            switch mapping.content {
            case .mapping(let more):
                for entry in more where known.updateValue(entry.line, forKey: entry.key) == nil {
                    entries.append(entry)
                }
            case .list:
                try report("found a list in a list behind <<, expected mappings or aliases of them", line: mapping.line)
            case .scalar:
                try report("found a text behind <<, expected a mapping or an alias of one", line: mapping.line)
            }
        }
    }

    /// The first piece of the next item; nil where there is none.
    private func item() throws(Stop) -> YAMLEvents.Event? {
        let event = try next()
        if case .end = event.kind { return nil }
        return event
    }

    // MARK: - Bounds

    private mutating func spend(_ weight: Int, line: Int) throws(Stop) {
        budget -= weight
        if budget < 0 { throw .mistake(mistake("aliases multiply to more than a million nodes", line: line)) }
    }

    private func demand(_ depth: Int, line: Int) throws(Stop) {
        guard depth > Self.maximumDepth else { return }
        throw .mistake(mistake("nested more than \(Self.maximumDepth) deep", line: line))
    }

    /// A tag asks for a type, and the types here are fixed by the keys.
    private mutating func refuseTag(of event: YAMLEvents.Event) throws(Stop) {
        guard let tag = event.tag, tag != "!", !tag.hasPrefix("tag:yaml.org,2002:") else { return }
        try report("the tag \(Diagnostic.quoted(tag)), expected none", line: event.line)
    }

    private mutating func report(_ message: String, line: Int) throws(Stop) {
        let field = path.reduce(into: "") { field, step in
            switch step {
            case .key(let key): field += (field.isEmpty ? "" : ".") + key
            case .item(let number): field += "[\(number)]"
            }
        }
        mistakes.append(mistake(message, line: line, field: field))
        if mistakes.count >= DiagnosticList.limit { throw .enough }
    }

    private func mistake(_ message: String, line: Int, field: String = "") -> Diagnostic {
        Diagnostic(file: file, line: line, field: field.isEmpty ? nil : field, message: message)
    }
}
