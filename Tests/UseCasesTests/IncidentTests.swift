import Intake
import Ledger
import SLA
import Testing
import UseCases

@Suite struct IncidentTests {
    private let world: World

    init() throws { world = try World() }

    private func open() throws -> IncidentReceipt {
        try world.recording().openIncident(
            IncidentRequest(scope: ["group:rack-3"], cause: "water", at: world.now - 3_600_000))
    }

    @Test func anIncidentIsFollowedToItsEnd() throws {
        let opened = try open()
        #expect(opened.text == "I1\n" && opened.remarks.isEmpty)
        #expect(opened.incident.services.map(\.service) == ["acme-mail", "acme-web"])
        let steps: [(IncidentEvent.Change, String)] = [
            (.acknowledged, "I1 acknowledged"),
            (.waiting(reason: "the log"), "I1 waits for the customer, its clock has stopped"),
            (.resumed, "I1 goes on, its clock runs"), (.classified(.upkeep, reason: ""), "I1 is upkeep, clause M1, M2"),
            (.irrecoverable(advice: "restore"), "I1 is irrecoverable, clause M3"), (.noted("billed"), "I1 noted"),
        ]
        for (change, remark) in steps {
            let receipt = try world.recording().recordIncident("I1", change)
            #expect(receipt.text.isEmpty && receipt.remarks.map { $0.text(naming: \.rawValue) } == [remark])
        }
        let incident = try #require(try world.ledger.read { try $0.incident("I1", asOf: world.now) })
        #expect(incident.events.dropFirst().map(\.change) == steps.map(\.0))
    }

    @Test func everyMistakeIsSaidAtOnce() throws {
        let request = IncidentRequest(
            scope: ["service:acme-wbe"], cause: " ", classification: .outOfScope, at: world.now + 1)
        let mistakes = try world.mistakes { try world.recording(by: "").openIncident(request) }
        #expect(
            mistakes.map { $0.prefix { $0 != ":" } } == ["scope", "at", "by", "cause", "reason"])
        let reason = IncidentRequest(scope: ["all"], cause: "x", reason: "y")
        try world.expectMistakes(["reason: goes with class"]) { try world.recording().openIncident(reason) }
        _ = try open()
        let waiting = try world.mistakes {
            try world.recording(by: "").recordIncident("I1", .waiting(reason: ""), at: world.now + 1)
        }
        #expect(waiting.map { $0.prefix { $0 != ":" } } == ["at", "by", "reason"])
        try world.expectMistakes([
            "advice: found nothing, expected how to restore and how to limit the harm (M3)"
        ]) { try world.recording().recordIncident("I1", .irrecoverable(advice: " ")) }
    }

    @Test func whatCannotBeNextIsRefused() throws {
        let none = try world.refusal(Unknown.self) { try world.recording().recordIncident("I1", .acknowledged) }
        #expect(none?.description == "there is no incident I1; there is none at all")
        _ = try open()
        let resumed = try world.refusal(Intake.Refusal.self) { try world.recording().recordIncident("I1", .resumed) }
        #expect(resumed?.description == "incident I1: it does not wait for the customer")
        // An instant is said in the agreement's zone.
        let early = try world.refusal(Intake.Refusal.self) {
            try world.recording().recordIncident("I1", .acknowledged, at: world.now - 7_200_000)
        }
        #expect(
            early?.description == "incident I1: that is before the step before it, at 2026-10-20T09:00:00+07:00")
    }

    @Test func ofFourWhoEndItOneDoes() async throws {
        _ = try open()
        let (done, refused) = await world.fourAtOnce {
            try $0.recordIncident("I1", .resolved(note: "dried")).incident.events.last?.by ?? ""
        }
        let first = try #require(done.first)
        #expect(done.count == 1)
        #expect(
            refused.map { "\($0)" }
                == Array(
                    repeating: "incident I1: it is resolved already, at 2026-10-20T10:00:00+07:00 by \(first)",
                    count: 3))
    }

    @Test func fourAtOnceGetNumbersOfTheirOwn() async throws {
        let (done, refused) = await world.fourAtOnce {
            try $0.openIncident(IncidentRequest(scope: ["all"], cause: "x")).incident.id
        }
        #expect(done.sorted() == ["I1", "I2", "I3", "I4"] && refused.isEmpty)
    }
}
