import Intake

/// The configuration file, all that it includes, and the names of the inventories.
struct SourceTree {
    /// The top levels of the files, the including one before those it includes.
    private(set) var documents: [Section] = []
    /// The inventories, each with the place that names it.
    private(set) var inventories: [(path: String, place: Field)] = []
    /// Every file that was found, in order.
    private(set) var files: [String] = []
    /// Whether every file could be read. Where one could not, names that it may define are not unknown.
    private(set) var isComplete = true

    private let findings: Findings
    /// Where each file was first named, by its canonical path.
    private var firstNamed: [String: String] = [:]

    /// The keys of a file's top level.
    static let keys = [
        "provider", "agreement", "defaults", "customers", "services", "include", "inventory", "probing",
        "state_directory", "alerts", "notices",
    ]

    /// Reads `path` and whatever it includes.
    ///
    /// - Throws: ``TextFile/Failure/unreadable(_:)`` where `path` itself cannot be read. All other mistakes go to
    ///   `findings`.
    init(_ path: String, findings: Findings) throws(TextFile.Failure) {
        self.findings = findings
        do {
            let text = try TextFile.text(path)
            remember(path, place: path)
            read(text, path: path, chain: [path])
        } catch {
            guard case .unsuitable(let reason) = error else { throw error }
            fail(Diagnostic(file: path, message: reason))
        }
    }

    private mutating func remember(_ path: String, place: String) {
        files.append(path)
        firstNamed[FilePath.canonical(path) ?? path] = place
    }

    private mutating func fail(_ diagnostic: Diagnostic) {
        isComplete = false
        findings.report(diagnostic)
    }

    /// Takes over the document in `text`. `chain` is the files from the first to this one.
    private mutating func read(_ text: Result<String, Diagnostic>, path: String, chain: [String]) {
        switch text {
        case .failure(let diagnostic): fail(diagnostic)
        case .success(let text):
            guard let node = YAMLDocument.parse(text, file: path, findings: findings),
                let document = Field(node, file: path, findings: findings).section(Self.keys)
            else {
                isComplete = false
                return
            }
            documents.append(document)
            for (name, place) in paths(in: document["include"]) { include(name, place: place, chain: chain) }
            for (name, place) in paths(in: document["inventory"]) where isNew(name, place: place, chain: []) {
                remember(name, place: place.place)
                inventories.append((name, place))
            }
        }
    }

    /// The files that the patterns in `field` name. A pattern may match none; a plain name must be there, which
    /// shows when it is read.
    private func paths(in field: Field?) -> [(String, Field)] {
        guard let field, !field.node.isNull else { return [] }
        var result: [(String, Field)] = []
        for item in field.oneOrMore(of: "file names and patterns") ?? [] {
            guard let pattern = item.text("a file name or a pattern, as conf.d/*.yaml") else { continue }
            if FilePath.isPattern(pattern) {
                result += FilePath.matches(of: pattern, relativeTo: item.file).map { ($0, item) }
            } else {
                result.append((FilePath.resolve(pattern, relativeTo: item.file), item))
            }
        }
        return result
    }

    private mutating func include(_ path: String, place: Field, chain: [String]) {
        guard isNew(path, place: place, chain: chain) else { return }
        do {
            let text = try TextFile.text(path)
            remember(path, place: place.place)
            read(text, path: path, chain: chain + [path])
        } catch {
            isComplete = false
            place.report("cannot read \(path): \(error.reason)")
        }
    }

    /// Whether `path` has not been read yet; otherwise that is reported.
    private func isNew(_ path: String, place: Field, chain: [String]) -> Bool {
        guard let canonical = FilePath.canonical(path), let first = firstNamed[canonical] else { return true }
        if let start = chain.firstIndex(where: { FilePath.canonical($0) == canonical }) {
            let cycle = (chain[start...] + [path]).joined(separator: " → ")
            place.report("includes itself: \(cycle)")
        } else {
            place.report("\(path) is read twice, first named at \(first)")
        }
        return false
    }
}
