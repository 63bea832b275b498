import Intake
import Ledger
import SLA
import Testing
import UseCases

@Suite struct ExclusionTests {
    private let world: World

    init() throws { world = try World() }

    private func request(
        _ category: ExclusionCategory = .thirdParty, scope: [String] = ["service:acme-web"], id: String? = nil,
        evidence: String = "ticket 4711"
    ) throws -> ExclusionRequest {
        ExclusionRequest(
            category: category,
            target: .scope(
                scope, from: try at("2026-10-05T09:00:00+07:00"), to: try at("2026-10-05T09:40:00+07:00")),
            evidence: evidence, id: id)
    }

    @Test func anExclusionIsRecordedUnderTheNextIdentifier() throws {
        let first = try world.recording().addExclusion(request())
        let second = try world.recording().addExclusion(request(scope: ["group:rack-3 customer:beta"]))
        #expect([first.text, second.text] == ["E1\n", "E2\n"])
        #expect(first.remarks.isEmpty)
        let recorded = try world.ledger.read { try $0.exclusions() }.map(\.exclusion)
        #expect(recorded == [first.entry.exclusion, second.entry.exclusion])
        #expect(recorded[0].recordedBy == "lan" && recorded[0].recordedAt == world.now)
        #expect(recorded[1].scope == [.group("rack-3"), .customer("beta")])
    }

    @Test func whatIsNotAdmittedIsRecordedAndSaid() throws {
        let receipt = try world.recording().addExclusion(request(.forceMajeure, evidence: ""))
        #expect(receipt.refusal == .noEvidence)
        #expect(
            receipt.remarks.map { $0.text(naming: \.rawValue) } == [
                "E1 does not say what happened: kind names it, fire, flood, war, terrorism, embargo, "
                    + "state_authority, national_network (clause 3.4)",
                "E1 is recorded but not admitted: no evidence cited",
            ])
        #expect(receipt.json.schema == "availd/exclusion/1")
        #expect(receipt.json.text.contains("\"admitted\" : false"))
    }

    @Test func everyMistakeIsSaidAtOnce() throws {
        let request = ExclusionRequest(
            category: .thirdParty, kind: .fire,
            target: .scope(["service:acme-wbe"], from: world.now, to: world.now), noticeAt: world.now + 1, id: "a b")
        try world.expectMistakes([
            "kind: third_party has no kind, expected it with force_majeure only",
            "notice_at: lies in the future",
            "id: found \"a b\", expected an identifier: 1 to 64 visible characters, no spaces",
            "by: found nothing, expected a name",
            "scope: unknown service \"acme-wbe\", expected one of the configuration's; did you mean "
                + "service:acme-web?",
            "to: the end is not after the beginning, expected an instant later than from",
        ]) { try world.recording(by: " ").addExclusion(request) }
    }

    @Test func anOutageGivesTheScopeAndTheInterval() throws {
        // Down for an hour, measured each minute:  ...up  09:00 down down down  10:00 up...
        let start = try at("2026-10-05T09:00:00+07:00")
        let check = CheckID(service: "acme-web", check: "default")
        try world.ledger.record { _ in
            [
                .observations(
                    (-60..<120).map { minute in
                        Observation(
                            check: check,
                            sample: Sample(at: start + minute * 60_000, state: (0..<60).contains(minute) ? .down : .up))
                    })
            ]
        }
        func add(
            _ service: String, _ instant: Instant, _ category: ExclusionCategory = .thirdParty
        ) throws
            -> ExclusionReceipt
        {
            try world.recording().addExclusion(
                ExclusionRequest(
                    category: category, target: .outage(service: service, at: instant), evidence: "ticket"))
        }
        let receipt = try add("acme-web", start + 600_000)
        #expect(receipt.entry.exclusion.interval == Interval(start, start + 3_600_000))
        #expect(receipt.entry.exclusion.scope == [.service("acme-web")])
        #expect(receipt.entry.details.outage == .init(service: "acme-web", start: start))
        try world.expectMistakes([
            "outage: no outage of acme-web holds 2026-10-05T08:50:00+07:00; the nearest is from "
                + "2026-10-05T09:00:00+07:00 to 2026-10-05T10:00:00+07:00"
        ]) { try add("acme-web", start - 600_000) }
        #expect(try world.mistakes { try add("acme-wbe", start) }.first?.hasPrefix("outage: unknown service") == true)
        try world.expectMistakes([
            "outage: suspension answers no outage, expected one of customer_misconfiguration, force_majeure, "
                + "third_party"
        ]) { try add("acme-web", start, .suspension) }
    }

    @Test func ofFourWhoTakeOneIdentifierOneGetsIt() async throws {
        let request = try request(id: "flood-7")
        let (done, refused) = await world.fourAtOnce { try $0.addExclusion(request).entry.exclusion.recordedBy }
        let first = try #require(done.first)
        #expect(done.count == 1)
        #expect(
            refused.map { $0 as? ExclusionError }
                == Array(repeating: .duplicate(id: "flood-7", recordedAt: world.now, by: first), count: 3))
        #expect(try world.ledger.read { try $0.exclusions() }.count == 1)
    }

    @Test func fourAtOnceGetIdentifiersOfTheirOwn() async throws {
        let request = try request()
        let (done, refused) = await world.fourAtOnce { try $0.addExclusion(request).text }
        #expect(done.sorted() == ["E1\n", "E2\n", "E3\n", "E4\n"] && refused.isEmpty)
    }

    @Test func revokingIsDoneOnce() async throws {
        _ = try world.recording().addExclusion(request())
        try world.expectMistakes([
            "reason: found nothing, expected why", "by: found nothing, expected a name",
        ]) { try world.recording(by: "").revokeExclusion("E1", reason: " ") }
        #expect(
            try world.refusal(Unknown.self) { try world.recording().revokeExclusion("E9", reason: "x") }?.nearest
                == "E1")
        let (done, refused) = await world.fourAtOnce { try $0.revokeExclusion("E1", reason: "wrong").revocation.by }
        let first = try #require(done.first)
        #expect(done.count == 1)
        #expect(
            refused.map { $0 as? ExclusionError }
                == Array(repeating: .alreadyRevoked(id: "E1", at: world.now, by: first, reason: "wrong"), count: 3))
    }

    @Test func theExclusionsOfAFileAreTakenOnce() async throws {
        let interval = try #require(Interval(world.now - 7_200_000, world.now - 3_600_000))
        let recorded = try at("2026-10-06T09:00:00+07:00")
        var flood = Exclusion(
            id: "X1", category: .forceMajeure, scope: [.all], interval: interval, evidence: "flood: the district",
            recordedAt: recorded, recordedBy: "binh")
        func file(_ exclusions: [Exclusion]) throws -> ExclusionImportRequest {
            try ExclusionImportRequest(
                exclusions, path: "exclusions.csv", size: 9, digest: "d",
                in: world.catalog.agreement.calendar.zone, at: world.now, by: "lan")
        }
        let request = try file([flood])
        let (done, refused) = await world.fourAtOnce { try $0.importExclusions(request).outcome.recorded }
        #expect(done.sorted() == [0, 0, 0, 1] && refused.isEmpty)
        let kept = try #require(try world.ledger.read { try $0.exclusions() }.first { $0.exclusion.id == "X1" })
        #expect(kept.exclusion.recordedAt == world.now && kept.details.kind == .flood)
        #expect(
            kept.details.origin
                == "imported from exclusions.csv, recorded at 2026-10-06T09:00:00+07:00 by binh")
        flood.category = .thirdParty
        let other = try file([flood])
        #expect(
            try world.refusal(ExclusionError.self) { try world.recording().importExclusions(other) }
                == .contradicted(ids: ["X1"]))
        flood.noticeAt = world.now + 1
        #expect(throws: Diagnostics.self) { try file([flood]) }
    }
}
