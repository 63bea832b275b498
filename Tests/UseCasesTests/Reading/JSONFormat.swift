import Foundation
import Testing

/// `docs/format/json.md` as tables: which members each schema and each part has.
struct JSONFormat {
    /// A member by its path from the document, as `services[].since`.
    struct Member: Hashable {
        let path: String
        let isInstant: Bool
        /// Whether it is there in some of the objects only.
        let isConditional: Bool
    }

    /// The members of each section, by its heading.
    private let rows: [String: [(members: [String], kind: String)]]

    init(contentsOf url: URL) throws {
        var rows: [String: [(members: [String], kind: String)]] = [:]
        var heading = ""
        for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("## ") { heading = String(line.dropFirst(3)) }
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard line.hasPrefix("| "), cells.count > 2, cells[0] != "member", !cells[0].hasPrefix("---") else {
                continue
            }
            rows[heading, default: []].append((cells[0].matches(of: /`([^`]+)`/).map { String($0.1) }, cells[1]))
        }
        self.rows = rows
    }

    /// The schemas that are described.
    var schemas: Set<String> { Set(rows.keys.filter { $0.hasPrefix("availd/") }) }

    /// The members of the section `heading`, those of its parts included, below `prefix`.
    func members(of heading: String, below prefix: String = "") throws -> [Member] {
        try #require(rows[heading], "\(heading) is described").flatMap { row -> [Member] in
            let part = row.kind.firstMatch(of: /\[([a-z ]+)\]/).map { String($0.1) }
            // `(all)` has no name of its own: the members of the part are the object's.
            guard !row.members.isEmpty else { return try part.map { try members(of: $0, below: prefix) } ?? [] }
            return try row.members.flatMap { name -> [Member] in
                let path = prefix + name
                let own = Member(
                    path: path, isInstant: row.kind == "instant", isConditional: row.kind == "only if")
                let inner = row.kind.hasPrefix("array") ? path + "[]." : path + "."
                return [own] + (try part.map { try members(of: $0, below: inner) } ?? [])
            }
        }
    }
}
