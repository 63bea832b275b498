import Foundation
import SLA
import SLAOracle
import Testing

/// Runs every file of `Scenarios`, against the implementation and against the oracle.
@Suite struct ScenarioTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scenarios")

    static let names: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".txt") }
        .sorted()

    static func scenario(_ name: String) throws -> Scenario {
        try Scenario(String(contentsOf: folder.appending(path: name), encoding: .utf8))
    }

    @Test(arguments: names)
    func statesWhatTheContractSays(name: String) throws {
        let scenario = try Self.scenario(name)
        #expect(scenario.stated() == scenario.expected, "\(scenario.title)")
        #expect(scenario.world.isSettled("\(name)"))
    }

    /// Every clause that exclusions and availability rest on has a scenario of its own.
    @Test func everyClauseHasAScenario() throws {
        let titles = try Self.names.map { try Self.scenario($0).title }
        for clause in ["2", "3", "3.1", "3.2", "3.3", "3.4", "3.5", "6.1", "6.2", "7"] {
            let cites = titles.contains { title in
                title.prefix { $0 != ":" }.split { " ,".contains($0) }.contains { $0 == clause }
            }
            #expect(cites, "clause \(clause)")
        }
        for title in titles { #expect(title.hasPrefix("Clause") || title.hasPrefix("§"), "\(title)") }
    }

    /// A mistake in a scenario is an error, not a scenario that tests less.
    @Test(arguments: [
        "web UD", "T\n\nexpect\nverdict met", "T\nweb UX\nexpect\nverdict met", "T\nweb UU\nexpect\nup 2m",
        "T\nweb UU\nexpect\nverdict met\nsideways 3", "T\nweb UU\ncolour red\nexpect\nverdict met",
        "T\nweb UU\nexclusion holiday from=0 to=1\nexpect\nverdict met",
        "T\nweb UU\nexclusion suspension from=0 till=1\nexpect\nverdict met",
        "T\nweb UU\nexpect\nverdict met\nup 2 minutes",
    ])
    func mistakesAreErrors(text: String) {
        #expect(throws: Scenario.Mistake.self) { try Scenario(text) }
    }
}
