import Testing

/// The checkers of documents find what they are for.
@Suite struct DocumentCheckerTests {
    private static let layers: [String: Set<String>] = ["SLA": [], "Ledger": ["SLA"], "availd": ["SLA", "Ledger"]]

    private func package(_ ledger: String) -> PackageManifest {
        PackageManifest(
            """
            let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
            let package = Package(
                targets: [
                    // module("Old", ["SLA"])
                    module("SLA", []),
                    module(
                        "Ledger",
                        [
                            \(ledger)
                        ]),
                    .executableTarget(
                        name: "availd",
                        dependencies: ["SLA", "Ledger"]),
                    tests("LedgerTests", ["SLA", "Ledger", grdb]),
                ])
            """)
    }

    @Test func aPackageThatSaysTheSame() {
        let package = package("\"SLA\", grdb,")
        #expect(package.disagreements(with: Self.layers, owners: ["GRDB": "Ledger"]) == [])
    }

    @Test func aPackageThatSaysOtherwise() {
        #expect(
            package("\"Mail\"").disagreements(with: Self.layers, owners: [:]) == [
                "Ledger stands on Mail, and may import SLA"
            ])
        #expect(
            package("\"SLA\", grdb").disagreements(with: Self.layers, owners: ["GRDB": "Monitor"]) == [
                "GRDB is used by Ledger, and owned by Monitor"
            ])
        #expect(
            package("\"SLA\"").disagreements(with: ["SLA": [], "Ledger": ["SLA"]], owners: [:]) == [
                "availd stands on Ledger, SLA, and may import nobody knows what"
            ])
    }

    private func drawn(_ picture: String) -> [String] {
        Contributing("# Title\n\n## The house\n\n```\n\(picture)\n```\n\n```\nSLA\n```\n").disagreements(
            with: Self.layers)
    }

    @Test func aHouseAsItIs() {
        #expect(drawn("  availd\n    │\n  Ledger  (SQLite)\n   SLA   under Ledger") == [])
    }

    @Test func aHouseOfAnotherShape() {
        #expect(drawn("availd\nSLA") == ["Ledger is not drawn"])
        #expect(drawn("availd\nLedger  SLA") == ["Ledger may import SLA, and is not drawn above it"])
        #expect(drawn("availd\nSLA\nLedger") == ["Ledger may import SLA, and is not drawn above it"])
    }

    @Test func foldersAndWordsAreRead() {
        let text =
            "### The folders of SLA\n\n```\nMonth       a month, closed\nTime, Text  instants\n```\n| sample | `Sample` (SLA) |"
        #expect(Contributing(text).contractFolders == ["Time", "Text", "Month"])
        #expect(Contributing(text).contractWords == ["Sample"])
    }
}
