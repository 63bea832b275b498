import Foundation

/// `docs/format/json.md` as tables: which members each schema and each part has.
public struct JSONFormat {
    /// A member by its path from the document, as `services[].since`.
    private struct Member {
        let path: String
        let isInstant: Bool
        /// Whether it is there in some of the objects only.
        let isConditional: Bool

        /// Its names: an instant has two.
        var paths: [String] { isInstant ? [path, path + "_ms"] : [path] }
        /// The object that has it.
        var parent: String { path.lastIndex(of: ".").map { String(path[..<$0]) } ?? "" }
    }

    /// A section that is spoken of and not there.
    public struct NotDescribed: Error {
        /// Its heading.
        let heading: String
    }

    /// The members of each section, by its heading.
    private let rows: [String: [(members: [String], kind: String)]]

    /// The document of this repository.
    public init() throws {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        let text = try String(contentsOf: folder.appending(path: "docs/format/json.md"), encoding: .utf8)
        var rows: [String: [(members: [String], kind: String)]] = [:]
        var heading = ""
        for line in text.split(separator: "\n") {
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
    public var schemas: Set<String> { Set(rows.keys.filter { $0.hasPrefix("availd/") }) }

    /// What `document`, whose schema is described, has and the description has not, and the other way round.
    public func disagreements(with document: [String: Any]) throws -> [String] {
        let schema = document["schema"] as? String ?? ""
        let listed = try members(of: schema)
        var found = Found()
        found.look(at: document, "")
        let allowed = Set(listed.flatMap(\.paths) + ["schema"])
        let unlisted = found.members.subtracting(allowed).sorted().map { "\(schema) has \($0), which is not listed" }
        let missing = listed.filter { member in
            !member.isConditional && found.objects.contains(member.parent)
                && !found.members.isSuperset(of: member.paths)
        }
        return unlisted + missing.map { "\(schema) lacks \($0.path), which is listed" }
    }

    /// The members of the section `heading`, those of its parts included, below `prefix`.
    private func members(of heading: String, below prefix: String = "") throws -> [Member] {
        guard let rows = rows[heading] else { throw NotDescribed(heading: heading) }
        return try rows.flatMap { row -> [Member] in
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

    /// The members of a document, and the objects in it, by their paths.
    private struct Found {
        var members: Set<String> = []
        var objects: Set<String> = []

        mutating func look(at value: Any, _ path: String) {
            if let object = value as? [String: Any] {
                objects.insert(path)
                for (name, value) in object {
                    let inner = path.isEmpty ? name : path + "." + name
                    members.insert(inner)
                    look(at: value, inner)
                }
            } else if let list = value as? [Any] {
                for value in list { look(at: value, path + "[]") }
            }
        }
    }
}
