import Intake

/// A node together with its place, so that whoever reads it can say where it is wrong.
struct Field {
    /// What was written.
    let node: DocumentNode
    /// Its place in the document, as `services[2].paid`; empty for the whole document.
    let path: String
    /// The file it was written in.
    let file: String
    /// Takes the mistakes.
    let findings: Findings
    /// Whether messages may not show what was found, as a secret may be in it.
    private(set) var isConcealed = false

    init(_ node: DocumentNode, path: String = "", file: String, findings: Findings) {
        self.node = node
        self.path = node.name ?? path
        self.file = file
        self.findings = findings
    }

    /// The same field, of which messages show nothing.
    var concealed: Field {
        var copy = self
        copy.isConcealed = true
        return copy
    }

    /// Whether it is a cell of an inventory, or a part of one, where YAML's forms cannot be written.
    var isCell: Bool { node.name != nil }

    /// Where it stands, for a message about something else: `conf.yaml:12`.
    var place: String { "\(file):\(node.line)" }

    /// What was found, as a message shows it.
    var found: String {
        switch node.content {
        case .scalar("", _): "nothing"
        case .scalar where isConcealed: "a text"
        case .scalar(let text, _): Diagnostic.quoted(text)
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }

    /// Notes a mistake at this place.
    func report(_ message: String, nearest: String? = nil) {
        findings.report(
            Diagnostic(
                file: file, line: node.line, field: path.isEmpty ? nil : path, message: message, nearest: nearest))
    }

    /// Notes that something else was expected here; the answer is nil, for `return` to give.
    func expected<Value>(_ what: String, nearest: String? = nil) -> Value? {
        report("found \(found), expected \(what)", nearest: nearest)
        return nil
    }

    /// The place of `key` below this one.
    func path(of key: String) -> String {
        path.isEmpty ? key : path + "." + key
    }

    private func child(_ node: DocumentNode, path: String) -> Field {
        var child = Field(node, path: path, file: file, findings: findings)
        child.isConcealed = isConcealed
        return child
    }

    /// The items of a list, or nil where it is something else.
    func list(of what: String) -> [Field]? {
        guard case .list(let items) = node.content else { return expected("a list of \(what)") }
        return items.enumerated().map { index, item in
            child(item, path: "\(path)[\(index)]")
        }
    }

    /// The items of a list, or the one value that stands in its place.
    func oneOrMore(of what: String) -> [Field]? {
        guard case .scalar = node.content, !node.isNull else { return list(of: what) }
        return [self]
    }

    /// The entries of a mapping with keys of the operator's own choice, or nil where it is something else.
    func entries(of what: String) -> [(key: String, value: Field)]? {
        guard case .mapping(let entries) = node.content else { return expected("a mapping of \(what)") }
        return entries.map { ($0.key, child($0.value, path: path(of: $0.key))) }
    }

    /// The entries of a mapping whose keys are among `keys`, or nil where it is something else. Any other key is
    /// a mistake.
    func section(_ keys: [String]) -> Section? {
        guard case .mapping(let entries) = node.content else {
            return expected("a mapping of \(keys.joined(separator: ", "))")
        }
        var fields: [String: Field] = [:]
        for entry in entries {
            guard keys.contains(entry.key) else {
                findings.report(
                    Diagnostic(
                        file: file, line: entry.line, field: path(of: entry.key),
                        message: "unknown key, expected one of \(keys.joined(separator: ", "))",
                        nearest: nearestName(to: entry.key, among: keys)))
                continue
            }
            fields[entry.key] = child(entry.value, path: path(of: entry.key))
        }
        return Section(field: self, fields: fields)
    }
}

/// A mapping whose keys are known.
struct Section {
    /// The mapping itself.
    let field: Field
    /// Its entries.
    let fields: [String: Field]

    /// What stands behind `key`, if it was written.
    subscript(key: String) -> Field? { fields[key] }

    /// What stands behind `key`, which must be there; `what` is what a message expects.
    func required(_ key: String, _ what: String) -> Field? {
        if let found = fields[key] { return found }
        field.findings.report(
            Diagnostic(
                file: field.file, line: field.node.line, field: field.path(of: key),
                message: "missing, expected \(what)"))
        return nil
    }
}
