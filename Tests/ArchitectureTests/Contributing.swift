/// What `CONTRIBUTING.md` draws and lists, as far as the sources can contradict it.
struct Contributing {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The lines of the first fenced block below `heading`.
    func block(below heading: String) -> [Substring] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(of: heading[...]) else { return [] }
        let fenced = lines[start...].drop { !$0.hasPrefix("```") }.dropFirst()
        return Array(fenced.prefix { !$0.hasPrefix("```") })
    }

    /// Where the picture of the house says other than `layers`: each module is drawn above those it may import.
    func disagreements(with layers: [String: Set<String>]) -> [String] {
        var places: [String: Int] = [:]
        for (index, line) in block(below: "## The house").enumerated() {
            for word in line.split(whereSeparator: { !($0.isLetter || $0.isNumber) }) where places[String(word)] == nil
            {
                places[String(word)] = index
            }
        }
        var found = Set(layers.keys).union(layers.values.flatMap { $0 }).filter { places[$0] == nil }
            .sorted().map { "\($0) is not drawn" }
        for (module, imports) in layers.sorted(by: { $0.key < $1.key }) {
            for imported in imports.sorted() {
                guard let above = places[module], let below = places[imported], above >= below else { continue }
                found.append("\(module) may import \(imported), and is not drawn above it")
            }
        }
        return found
    }

    /// The folders of the contract as they are drawn, from below to above.
    var contractFolders: [String] {
        block(below: "### The folders of SLA").reversed().flatMap { line in
            line.prefix(upTo: line.firstRange(of: "  ")?.lowerBound ?? line.endIndex).split(separator: ", ").map(
                String.init)
        }
    }

    /// The types that the table of words gives for the module `SLA`.
    var contractWords: [String] {
        text.matches(of: /`([\w.]+)` \(SLA\)/).map { String($0.1) }
    }

    /// The files and folders of the contract that are named, by their path.
    var contractPaths: [String] {
        text.matches(of: /`(Sources\/SLA\/[\w\/+.]+)`/).map { String($0.1) }
    }

    /// The rows of the table of rules, without its heading: each one's cells, trimmed.
    var rules: [[String]] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let heading = lines.firstIndex(of: "## Where a rule is") else { return [] }
        let section = lines[(heading + 1)...].prefix { !$0.hasPrefix("#") }
        return section.filter { $0.hasPrefix("|") }.dropFirst(2).map { line in
            line.split(separator: "|").map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
        }
    }

    /// The paths that a cell names; a name without a folder is in the folder of the path before it.
    static func paths(in cell: String) -> [String] {
        var folder = ""
        return cell.matches(of: /`([\w\/+.]+)`/).map { match in
            let name = String(match.1)
            guard name.contains("/") else { return folder + name }
            folder = String(name[...(name.lastIndex(of: "/") ?? name.startIndex)])
            return name
        }
    }
}
