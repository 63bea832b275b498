import Intake
import SLA

/// Which series of another monitor is which check: a CSV file with the columns `from`, `service` and, where the
/// service has several, `check`.
///
/// `from` is one of the names that the other monitor has for the series, or for Prometheus labels that it must have,
/// as `job="blackbox",instance="https://acme.example/"`, in braces or without.
public struct SeriesMap: Sendable {
    /// A line of the file.
    struct Rule: Sendable {
        let from: String
        let labels: [String: String]?
        let check: CheckID
        let line: Int
    }

    let rules: [Rule]
    private let byName: [String: CheckID]

    /// Reads the map at `path`.
    ///
    /// - Throws: ``InputFailure`` where it cannot be read; `Diagnostics` naming every bad line.
    public init(path: String, catalog: Catalog) throws {
        let data = try InputFile.bytes(at: path)
        self = try data.withUnsafeBytes { try SeriesMap($0, file: path, catalog: catalog) }
    }

    /// Reads the content of a map that is called `file` in messages.
    public init(_ bytes: UnsafeRawBufferPointer, file: String, catalog: Catalog) throws(Diagnostics) {
        var table = try Table(bytes, file: file, required: ["from", "service"], optional: ["check"])
        var rules: [Rule] = []
        var lines: [String: Int] = [:]
        while table.next() {
            guard let from = table.unguardedText("from") else { continue }
            if from.isEmpty { table.report("from", "found nothing, expected the name of a series") }
            if let line = lines.updateValue(table.reader.line, forKey: from) {
                table.report("from", "\(Diagnostic.quoted(from)) is on line \(line) already")
            }
            guard let check = CheckNames.check(in: &table, catalog: catalog) else { continue }
            rules.append(
                Rule(from: from, labels: LabelText.labels(from), check: check, line: table.reader.line))
        }
        try table.check()
        self.rules = rules
        byName = Dictionary(rules.map { ($0.from, $0.check) }, uniquingKeysWith: { first, _ in first })
    }

    /// The rule that means a series with these names and labels; a name goes before labels, and more labels before
    /// fewer.
    func check(names: [String], labels: [String: String]) -> CheckID? {
        for name in names { if let check = byName[name] { return check } }
        let matching = rules.filter { rule in
            rule.labels.map { wanted in wanted.allSatisfy { labels[$0.key] == $0.value } } ?? false
        }
        return matching.max { ($0.labels?.count ?? 0, $1.line) < ($1.labels?.count ?? 0, $0.line) }?.check
    }

    /// Every `from`, for a near name.
    var names: [String] { rules.map(\.from) }
}

/// Labels as Prometheus writes them. They are read by Unicode's scalars: a quote before a combining mark is a quote.
enum LabelText {
    /// The labels in `{job="blackbox",instance="x"}`, with or without braces; nil where `text` is none.
    static func labels(_ text: String) -> [String: String]? {
        var rest = text.unicodeScalars[...]
        if rest.first == "{", rest.last == "}" { rest = rest.dropFirst().dropLast() }
        var labels: [String: String] = [:]
        while !rest.isEmpty {
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = rest[..<equals].filter { $0 != " " }
            rest = rest[equals...].dropFirst()
            guard !name.isEmpty, rest.popFirst() == "\"", let value = quoted(&rest) else { return nil }
            labels[String(String.UnicodeScalarView(name))] = value
            rest = rest.drop { $0 == " " }
            if rest.isEmpty { break }
            guard rest.popFirst() == "," else { return nil }
        }
        return labels.isEmpty ? nil : labels
    }

    /// The text up to the closing quote, behind which `rest` then begins.
    private static func quoted(_ rest: inout Substring.UnicodeScalarView) -> String? {
        var value = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"": return String(value)
            case "\\":
                guard let escaped = rest.popFirst() else { return nil }
                value.append(escaped == "n" ? "\n" : escaped)
            default: value.append(scalar)
            }
        }
        return nil
    }

    /// `labels` in the order of their names, in braces.
    static func text(_ labels: [String: String]) -> String {
        let pairs = labels.sorted { $0.key < $1.key }.map { key, value in "\(key)=\"\(escaped(value))\"" }
        return "{" + pairs.joined(separator: ",") + "}"
    }

    private static func escaped(_ value: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in value.unicodeScalars {
            if scalar == "\\" || scalar == "\"" || scalar == "\n" { escaped.append("\\") }
            escaped.append(scalar == "\n" ? "n" : scalar)
        }
        return String(escaped)
    }
}
