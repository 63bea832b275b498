import Foundation

/// What docs/configuration.md says of keys and columns.
///
/// A heading of code spans names mappings, as `services[].expect`; the table below it has a row for each of their keys.
struct KeyReference {
    /// A row of a table.
    struct Row: Sendable, CustomStringConvertible {
        /// The mapping it is about, `.` for the top level.
        let mapping: String
        let key: String
        let type: String
        let standard: String
        /// A value in YAML.
        let example: String

        var description: String { path }
        /// The key's own path, as `services[].expect.status`.
        var path: String { mapping == "." ? key : "\(mapping).\(key)" }
        var isRequired: Bool { standard == "**required**" }
        var isSecret: Bool { type.hasPrefix("secret") }
        /// The default as YAML; nil where it is described, or there is none.
        var defaultValue: String? {
            standard.hasPrefix("`") && standard.hasSuffix("`") ? String(standard.dropFirst().dropLast()) : nil
        }
    }

    let rows: [Row]
    /// The first cells of the table whose header begins with `column`.
    let columns: [String]

    /// The mappings that have a table.
    var mappings: [String] { Array(Set(rows.map(\.mapping))).sorted() }

    init() {
        let file = URL(filePath: #filePath).appending(path: "../../../docs/configuration.md").standardized
        var rows: [Row] = []
        var columns: [String] = []
        var mappings: [String] = []
        var header = ""
        for line in ((try? String(contentsOf: file, encoding: .utf8)) ?? "").components(separatedBy: "\n") {
            if line.hasPrefix("## ") { mappings = Self.codes(line) }
            guard line.hasPrefix("| ") else {
                header = ""
                continue
            }
            let cells = line.dropFirst(2).components(separatedBy: " |").map { $0.trimmingCharacters(in: .whitespaces) }
            if header.isEmpty {
                header = line
            } else if header.hasPrefix("| column "), !line.hasPrefix("| ---") {
                columns += Self.codes(cells[0])
            } else if header.hasPrefix("| key | type | default | range | example |"), cells.count == 6 {
                for mapping in mappings {
                    for key in Self.codes(cells[0]) {
                        rows.append(
                            Row(
                                mapping: mapping, key: key, type: cells[1], standard: cells[2],
                                example: Self.codes(cells[4]).joined()))
                    }
                }
            }
        }
        (self.rows, self.columns) = (rows, columns)
    }

    private static func codes(_ text: String) -> [String] {
        text.components(separatedBy: "`").enumerated().compactMap { $0.offset % 2 == 1 ? $0.element : nil }
    }

    /// A configuration that has `value` behind `key` of `mapping`, and around it what is required, by its examples.
    func configuration(_ mapping: String, _ key: String, _ value: String) -> String {
        var entries = required(in: mapping, beside: key)
        entries[key] = value
        // A body takes a method.
        if key == "body" { entries["method"] = "POST" }
        let parts = mapping == "." ? [] : mapping.components(separatedBy: ".")
        for (depth, part) in parts.enumerated().reversed() {
            let around = depth == 0 ? "." : parts[..<depth].joined(separator: ".")
            let isList = part.hasSuffix("[]")
            let name = isList ? String(part.dropLast(2)) : part
            let written = Self.flow(entries)
            entries = required(in: around, beside: name)
            entries[name] = isList ? "[\(written)]" : written
        }
        if entries["customers"] == nil { entries["customers"] = "[{id: acme}]" }
        // A service for what holds for all of them.
        if entries["services"] == nil {
            entries["services"] = "[\(Self.flow(required(in: "services[]", beside: "")))]"
        }
        return entries.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
    }

    private func required(in mapping: String, beside key: String) -> [String: String] {
        var entries: [String: String] = [:]
        for row in rows where row.mapping == mapping && row.isRequired { entries[row.key] = row.example }
        // A service with checks has no address of its own.
        if mapping == "services[]", key == "checks" { entries["url"] = nil }
        return entries
    }

    private static func flow(_ entries: [String: String]) -> String {
        "{" + entries.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    }
}
