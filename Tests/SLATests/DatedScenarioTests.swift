import Foundation
import SLA
import SLAOracle
import Testing

/// Runs the files of `Scenarios/Incidents`, `Scenarios/Notices` and `Scenarios/PaidTime`: what the clauses say that
/// are not about one service's time.
@Suite struct DatedScenarioTests {
    static let folders = ["Incidents", "Notices", "PaidTime"]

    static func texts(_ folder: String) throws -> [(name: String, text: String)] {
        let folder = ScenarioTests.folder.appending(path: folder)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            (name, try String(contentsOf: folder.appending(path: name), encoding: .utf8))
        }
    }

    @Test func incidentsAreWhatTheContractSays() throws {
        for (name, text) in try Self.texts("Incidents") {
            let scenario = try IncidentScenario(text)
            #expect(scenario.stated == scenario.expected, "\(name): \(scenario.title)")
        }
    }

    @Test func noticesAreWhatTheContractSays() throws {
        for (name, text) in try Self.texts("Notices") {
            let scenario = try NoticeScenario(text)
            #expect(scenario.stated == scenario.expected, "\(name): \(scenario.title)")
        }
    }

    @Test func paidTimeIsWhatTheContractSays() throws {
        for (name, text) in try Self.texts("PaidTime") {
            let scenario = try PaidTimeScenario(text)
            #expect(scenario.stated == scenario.expected, "\(name): \(scenario.title)")
        }
    }

    /// A mistake in a scenario is an error, not a scenario that tests less.
    @Test(arguments: [
        "service web of acme\n2026-10-05 10:00 web down: x", "service web of acme\n\nexpect",
        "colour red\nexpect\nin_time yes", "service web of acme\n2026-10-05 10:00 mail down: x\nexpect\nin_time yes",
        "service web of acme\n2026-10-05 10:00 web down\nexpect\nin_time yes",
        "service web of acme\n2026-10-05 10:00 look about\nexpect\nin_time yes",
        "service web of acme\n2026-10-05 10:00 look\n2026-10-05 09:00 look\nexpect\nin_time yes",
        "service web of acme\n2026-10-05 25:00 look\nexpect\nin_time yes",
        "service web of acme\n2026-10-05 10:00 look\nexpect\nsideways yes",
        "zone Mars\nservice web of acme\n2026-10-05 10:00 look\nexpect\nin_time yes",
    ])
    func mistakesInIncidentsAreErrors(text: String) {
        #expect(throws: Scenario.Mistake.self) { try IncidentScenario("T\n" + text) }
    }

    @Test(arguments: [
        "service b of beta\nexpect\nnone", "customer beta\nexpect\nM1 admitted",
        "customer beta\n2026-10-01 announced by website\nexpect\nnone",
        "customer beta\n2026-10-01 planned sudden for all from 2026-10-02 to 2026-10-03: x\nexpect\nnone",
        "customer beta\n2026-10-01 planned scheduled for all from 2026-10-03 to 2026-10-02: x\nexpect\nnone",
        "customer beta\n2026-10-01 planned scheduled for all from 2026-10-02 to 2026-10-03\nexpect\nnone",
    ])
    func mistakesInNoticesAreErrors(text: String) {
        #expect(throws: Scenario.Mistake.self) { try NoticeScenario("T\n" + text) }
    }

    @Test(arguments: [
        "2026-10-01 configured\nexpect\ncommitted 0s", "2026-10-01 reinstated W1: x\nexpect\ncommitted 0s",
        "2026-10-01 configured paid 2026-10-02 to 2026-10-01\nexpect\ncommitted 0s",
        "2026-10-01 configured paid 2026-10-01 to -\nexpect\nweather fine", "month 10\nexpect\ncommitted 0s x",
    ])
    func mistakesInPaidTimeAreErrors(text: String) {
        #expect(throws: Scenario.Mistake.self) { try PaidTimeScenario("T\n" + text) }
    }
}
