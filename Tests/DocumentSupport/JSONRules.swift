import Foundation

/// What every document for programs keeps, whatever its schema: an object that says what it is, arrays with names in
/// the plural, identifiers called `id`, and instants in one zone with their milliseconds beside them.
public struct JSONRules {
    /// The offset that instants are written with, as `+07:00`.
    let offset: String
    /// What is wrong, each by the path of a member.
    public private(set) var mistakes: [String] = []

    /// The rules for `document`, whose instants are to be written with `offset`.
    public init(_ document: [String: Any], offset: String) {
        self.offset = offset
        if (document["schema"] as? String)?.wholeMatch(of: /availd\/[a-z]+(_[a-z]+)*\/[1-9][0-9]*/) == nil {
            mistakes.append("schema: found \(document["schema"] ?? "none"), expected as availd/status/1")
        }
        look(at: document, "")
    }

    private mutating func look(at value: Any, _ path: String) {
        if let object = value as? [String: Any] {
            for (name, value) in object {
                let inner = path.isEmpty ? name : path + "." + name
                check(name, value, in: object, inner)
                look(at: value, inner)
            }
        } else if let list = value as? [Any] {
            for value in list { look(at: value, path + "[]") }
        }
    }

    private mutating func check(_ name: String, _ value: Any, in object: [String: Any], _ path: String) {
        if name.wholeMatch(of: /[a-z][a-z0-9]*(_[a-z0-9]+)*/) == nil { mistakes.append("\(path): no snake_case") }
        if name == "number" || name.hasSuffix("_id") { mistakes.append("\(path): an identifier that is not called id") }
        if value is [Any], !name.split(separator: "_").contains(where: { $0.hasSuffix("s") }) {
            mistakes.append("\(path): an array whose name is no plural")
        }
        if name.hasSuffix("_s"), !(value is NSNull), !Self.isNumber(value) {
            mistakes.append("\(path): found \(value), expected seconds")
        }
        if name.hasSuffix("_ms") {
            if object[String(name.dropLast(3))] == nil { mistakes.append("\(path): not beside an instant") }
        } else if let text = value as? String, let milliseconds = Self.milliseconds(text), !Self.isOfCSV(path) {
            if (object[name + "_ms"] as? NSNumber)?.int64Value != milliseconds {
                mistakes.append("\(path): \(text) is not in milliseconds beside it")
            }
            if !text.hasSuffix(offset) { mistakes.append("\(path): \(text), expected \(offset)") }
        }
    }

    /// Whether what is at `path` stands in a table, where an instant is a text.
    private static func isOfCSV(_ path: String) -> Bool { path.contains(".cells[].") }

    private static func isNumber(_ value: Any) -> Bool {
        // A flag is a number of the C type char.
        (value as? NSNumber).map { String(cString: $0.objCType) != "c" } ?? false
    }

    /// The instant that all of `text` spells; nil where it is something else.
    private static func milliseconds(_ text: String) -> Int64? {
        let pattern = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{3}))?(Z|[+-]\d\d:\d\d)/
        guard let match = text.wholeMatch(of: pattern) else { return nil }
        let formatter = ISO8601DateFormatter()
        guard let date = formatter.date(from: String(match.1 + match.3)) else { return nil }
        return Int64(date.timeIntervalSince1970.rounded()) * 1000 + (match.2.flatMap { Int64($0) } ?? 0)
    }
}
