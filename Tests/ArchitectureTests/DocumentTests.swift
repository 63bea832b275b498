import Testing

/// `Package.swift`, `CONTRIBUTING.md` and the tables of these tests say the same.
@Suite struct DocumentTests {
    private static func contributing() throws -> Contributing {
        Contributing(try Repository.text("CONTRIBUTING.md"))
    }

    @Test func thePackageIsLaidOutAsTheLayersAre() throws {
        let manifest = PackageManifest(try Repository.text("Package.swift"))
        #expect(manifest.targets.count == Architecture.layers.count)
        for wrong in manifest.disagreements(with: Architecture.layers, owners: Architecture.owners) {
            Issue.record("\(wrong)")
        }
    }

    @Test func theHouseIsDrawnAsItIs() throws {
        for wrong in try Self.contributing().disagreements(with: Architecture.layers) { Issue.record("\(wrong)") }
    }

    @Test func theFoldersOfTheContractAreDrawnAsTheyAre() throws {
        #expect(try Self.contributing().contractFolders == Architecture.contractFolders)
    }

    /// Each word of the contract has its type.
    @Test func theWordsOfTheContractAreThere() throws {
        let files = try Repository.files().filter { $0.path.hasPrefix("SLA/") }
        let types = Set(files.flatMap { SwiftDeclarations(SwiftSource($0.text)).topLevel })
        let words = try Self.contributing().contractWords
        #expect(words.count > 20)
        for word in words { #expect(types.contains(word), "\(word)") }
    }

    /// Where a rule is said to be, there is a file.
    @Test func theRulesOfTheContractAreWhereTheyAreSaidToBe() throws {
        let paths = try Self.contributing().contractPaths
        #expect(paths.count > 20)
        for path in paths { #expect(Repository.holds(path), "\(path)") }
    }
}
