import Intake
import Yams

/// Turns a tree of Yams into ``DocumentNode``s: aliases and merge keys resolved, within bounds.
struct YAMLComposition {
    private let file: String
    private let findings: Findings
    /// What stood where a replaced duplicate key stands.
    private let replaced: [String: String]
    /// How many more nodes may be made. A node takes at least a byte, so only aliases lead past the size of the
    /// file, and a million of them is more than a person writes.
    private var budget: Int

    private static let maximumDepth = 64

    init(file: String, findings: Findings, replaced: [String: String], bytes: Int) {
        self.file = file
        self.findings = findings
        self.replaced = replaced
        budget = bytes + 1_000_000
    }

    /// The document whose root is `node`, or nil where it breaks a bound.
    mutating func node(_ node: Node) -> DocumentNode? {
        let result = convert(node, path: "", depth: 0)
        if budget < 0 {
            report("aliases multiply to more than a million nodes", line: node.line)
            return nil
        }
        return result
    }

    private mutating func convert(_ node: Node, path: String, depth: Int) -> DocumentNode {
        let nothing = DocumentNode(content: .scalar("", isPlain: true), line: node.line)
        budget -= 1
        guard budget >= 0 else { return nothing }
        guard depth <= Self.maximumDepth else {
            report("nested more than \(Self.maximumDepth) deep", line: node.line)
            return nothing
        }
        refuseTag(of: node, path: path)
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            return DocumentNode(content: .scalar(scalar.string, isPlain: isPlain), line: node.line)
        case .sequence(let sequence):
            var items: [DocumentNode] = []
            for (index, item) in sequence.enumerated() where budget >= 0 {
                items.append(convert(item, path: "\(path)[\(index)]", depth: depth + 1))
            }
            return DocumentNode(content: .list(items), line: node.line)
        case .mapping(let mapping):
            let entries = entries(of: mapping, path: path, depth: depth)
            return DocumentNode(content: .mapping(entries), line: node.line)
        case .alias:
            // The parser puts what an alias stands for in its place.
            return nothing
        }
    }

    /// The entries of `mapping`, its own before those it merges, each key once.
    private mutating func entries(of mapping: Node.Mapping, path: String, depth: Int) -> [DocumentNode.Entry] {
        var entries: [DocumentNode.Entry] = []
        var lines: [String: Int] = [:]
        var merged: [Node] = []
        for (key, value) in mapping where budget >= 0 {
            guard case .scalar(let scalar) = key else {
                report("a key that is a list or a mapping, expected a word", line: key.line, path: path)
                continue
            }
            let name = replaced[scalar.string] ?? scalar.string
            let place = path.isEmpty ? name : path + "." + name
            if let first = lines[name] {
                report("duplicate key, first on line \(first)", line: key.line, path: place)
                continue
            }
            lines[name] = key.line
            if name == "<<", scalar.style == .plain {
                merged.append(value)
            } else {
                let node = convert(value, path: place, depth: depth + 1)
                entries.append(DocumentNode.Entry(key: name, line: key.line, value: node))
            }
        }
        for node in merged { merge(node, into: &entries, path: path, depth: depth + 1) }
        return entries
    }

    /// Adds the entries of a mapping, or of a list of them, whose keys are not there yet.
    private mutating func merge(_ node: Node, into entries: inout [DocumentNode.Entry], path: String, depth: Int) {
        guard depth <= Self.maximumDepth, budget >= 0 else { return }
        switch node {
        case .mapping(let mapping):
            let known = Set(entries.map(\.key))
            entries += self.entries(of: mapping, path: path, depth: depth).filter { !known.contains($0.key) }
        case .sequence(let sequence):
            for item in sequence { merge(item, into: &entries, path: path, depth: depth + 1) }
        case .scalar, .alias:
            report("found a text behind <<, expected a mapping or an alias of one", line: node.line, path: path)
        }
    }

    /// A tag asks for a type, and the types here are fixed by the keys.
    private func refuseTag(of node: Node, path: String) {
        let name =
            switch node {
            case .scalar(let scalar): scalar.tag.description
            case .sequence(let sequence): sequence.tag.description
            case .mapping(let mapping): mapping.tag.description
            case .alias: ""
            }
        guard !name.isEmpty, name != "!", !name.hasPrefix("tag:yaml.org,2002:") else { return }
        report("the tag \(Diagnostic.quoted(name)), expected none", line: node.line, path: path)
    }

    private func report(_ message: String, line: Int, path: String = "") {
        findings.report(Diagnostic(file: file, line: line, field: path.isEmpty ? nil : path, message: message))
    }
}

extension Node {
    /// The line it begins on, from 1.
    var line: Int { mark?.line ?? 1 }
}
