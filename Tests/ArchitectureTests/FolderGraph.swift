/// Which folder of a module needs which: a folder needs another where one of its files uses a type that a file of the
/// other declares, or a member that only an extension there gives to a type of elsewhere.
struct FolderGraph {
    /// The use by which one folder needs another.
    struct Use: Hashable, CustomStringConvertible {
        let path: String
        let line: Int
        let name: String
        let from: String
        let to: String

        var description: String { "\(path):\(line): \(from) uses \(name) of \(to)" }
    }

    /// The folders, sorted.
    let folders: [String]
    /// The first use of each folder in each other one.
    private(set) var uses: [String: [String: Use]] = [:]

    /// The folders of `files`, which are all of one module, by their path below `Sources`.
    init(_ files: [(path: String, text: String)]) {
        let files = files.map {
            (path: $0.path, folder: Self.folder(of: $0.path), SwiftDeclarations(SwiftSource($0.text)))
        }
        folders = Set(files.map(\.folder)).sorted()
        var declared: [String: String] = [:]
        var members: [String: Set<String>] = [:]
        for (_, folder, file) in files {
            for name in file.topLevel { declared[name] = folder }
            for name in file.members { members[name, default: []].insert(folder) }
        }
        var added: [String: String] = [:]
        for (_, folder, file) in files {
            // A member that several folders declare may be any of theirs.
            for member in file.extensionMembers
            where declared[member.type] != folder && members[member.name] == [folder] {
                added[member.name] = folder
            }
        }
        for (path, folder, file) in files {
            for use in file.uses where use.isMember || !file.own.contains(use.name) {
                guard let to = use.isMember ? added[use.name] : declared[use.name], to != folder,
                    uses[folder]?[to] == nil
                else { continue }
                uses[folder, default: [:]][to] = Use(path: path, line: use.line, name: use.name, from: folder, to: to)
            }
        }
    }

    private static func folder(of path: String) -> String {
        path.split(separator: "/").dropFirst().dropLast().joined(separator: "/")
    }

    /// The circles, each by the uses that make it: one for each set of folders that go round.
    var circles: [String] {
        var found: [Set<String>: [Use]] = [:]
        for from in folders {
            for use in (uses[from] ?? [:]).values.sorted(by: { $0.to < $1.to }) {
                guard let back = way(from: use.to, to: from) else { continue }
                let circle = [use] + back
                let round = Set(circle.map(\.from))
                if found[round] == nil { found[round] = circle }
            }
        }
        return found.values.map { $0.map(\.description).joined(separator: "; ") }.sorted()
    }

    /// The shortest way of uses from one folder to another; nil where there is none.
    private func way(from start: String, to end: String) -> [Use]? {
        var ways: [[Use]] = [[]]
        var seen: Set = [start]
        while !ways.isEmpty {
            var next: [[Use]] = []
            for way in ways {
                for use in (uses[way.last?.to ?? start] ?? [:]).values.sorted(by: { $0.to < $1.to }) {
                    if use.to == end { return way + [use] }
                    if seen.insert(use.to).inserted { next.append(way + [use]) }
                }
            }
            ways = next
        }
        return nil
    }

    /// What contradicts `order`, the folders from below to above, each of which may use those before it.
    func violations(order: [String]) -> [String] {
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($0.element, $0.offset) })
        var found = folders.filter { places[$0] == nil }.map { "the folder \($0) has no place in the order" }
        found += order.filter { !folders.contains($0) }.map { "there is no folder \($0)" }
        for use in uses.values.flatMap(\.values).sorted(by: { $0.description < $1.description }) {
            guard let from = places[use.from], let to = places[use.to], from < to else { continue }
            found.append("\(use), which is above it")
        }
        return found
    }
}
