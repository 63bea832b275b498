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

    /// Every rule has a place, a use case (or only the daemon asks for it), and tests; all of them are there.
    @Test func everyRuleHasItsUseCaseAndItsTests() throws {
        let rules = try Self.contributing().rules
        #expect(rules.count > 30)
        for row in rules {
            #expect(row.count == 4, "\(row)")
            let columns = row.dropFirst().map(Contributing.paths)
            for path in columns.joined() { #expect(Repository.holds(path), "\(row[0]): \(path)") }
            guard columns.count == 3 else { continue }
            #expect(columns[0].contains { $0.hasPrefix("Sources/") }, "\(row[0])")
            #expect(columns[1].allSatisfy { $0.hasPrefix("Sources/UseCases/") }, "\(row[0])")
            #expect(!columns[1].isEmpty || row[2] == "the daemon alone", "\(row[0])")
            #expect(!columns[2].isEmpty && columns[2].allSatisfy { $0.hasPrefix("Tests/") }, "\(row[0])")
        }
    }
}
