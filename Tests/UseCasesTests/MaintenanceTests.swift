import Intake
import Ledger
import SLA
import Testing

@testable import UseCases

@Suite struct MaintenanceTests {
    private let world: World

    init() throws { world = try World() }

    private func plan(_ windows: WindowRequest, scope: String = "group:rack-3") -> MaintenancePlanRequest {
        MaintenancePlanRequest(kind: .scheduled, scope: [scope], windows: windows, reason: "disks")
    }

    /// From 02:00 to 04:00 of 25 October.
    private let once = WindowRequest(from: "2026-10-25T02:00:00+07:00", to: "2026-10-25T04:00:00+07:00")

    private func words(_ receipt: some Receipt) -> [String] { receipt.remarks.map { $0.text(naming: \.rawValue) } }

    @Test func aWindowIsPlanned() throws {
        let receipt = try world.recording().planMaintenance(plan(once))
        #expect(receipt.text == "M1\n")
        #expect(
            words(receipt) == [
                "M1.2026-10-25 from 2026-10-25T02:00:00+07:00 to 2026-10-25T04:00:00+07:00: announce before "
                    + "2026-10-24T02:00:00+07:00"
            ])
        #expect(try world.ledger.read { try $0.maintenance() }.plans == [receipt.plan])
        let late = WindowRequest(from: "2026-10-20T12:00:00+07:00", to: "2026-10-20T13:00:00+07:00")
        #expect(
            words(try world.recording().planMaintenance(plan(late))) == [
                "M2.2026-10-20 from 2026-10-20T12:00:00+07:00 to 2026-10-20T13:00:00+07:00: will not be admitted: it "
                    + "begins in 2 h, and clause 6.1 asks for notice 24 h before (22 h are missing); announced now, "
                    + "it could begin at 2026-10-21T10:00:00+07:00"
            ])
    }

    @Test func windowsThatRecurAreCounted() throws {
        let series = WindowRequest(
            from: "23:00", to: "01:00", every: "last sunday", count: 3, except: [try #require(CivilDate("2026-11-29"))])
        let receipt = try world.recording().planMaintenance(plan(series, scope: "customer:beta"))
        #expect(receipt.windows.map(\.date.description) == ["2026-10-25", "2026-12-27"])
    }

    @Test func everyMistakeIsSaidAtOnce() throws {
        let series = WindowRequest(
            from: "02:00", to: "2:00", every: "lst sunday", first: CivilDate("2020-01-01"),
            last: CivilDate("2019-01-01"), count: 0)
        var request = plan(series, scope: "service:acme-wbe")
        request.reason = "a\u{1B}b"
        let mistakes = try world.mistakes { try world.recording(by: "").planMaintenance(request) }
        #expect(
            mistakes.map { $0.prefix { $0 != ":" } } == [
                "scope", "reason", "by", "every", "to", "first", "last", "count", "count",
            ])
        let past = WindowRequest(
            from: "2020-01-01T00:00:00Z", to: "2020-03-01T00:00:00Z", last: CivilDate("2026-12-01"))
        try world.expectMistakes([
            "last: is of windows that recur, expected every with it",
            "to: the window is over, expected one that is not: maintenance is planned before it is done",
            "to: the window is longer than 31 d, which no maintenance is",
        ]) { try world.recording().planMaintenance(plan(past)) }
    }

    @Test func aWindowIsCancelledBeforeItBegins() throws {
        _ = try world.recording().planMaintenance(plan(once))
        #expect(
            try world.mistakes { try world.recording(by: " ").cancelMaintenance("M1", reason: "") }.count == 2)
        let unknown = try world.refusal(Unknown.self) {
            try world.recording().cancelMaintenance("M2", reason: "no")
        }
        #expect(unknown?.nearest == "M1")
        let begun = try world.refusal(Intake.Refusal.self) {
            try world.recording(at: at("2026-10-25T02:00:00+07:00")).cancelMaintenance("M1", reason: "no")
        }
        #expect(begun?.description.hasPrefix("M1 has begun, is over or is cancelled already") == true)
        let receipt = try world.recording().cancelMaintenance("M1.2026-10-25", reason: "no")
        #expect(words(receipt) == ["cancelled M1.2026-10-25"])
        let extended = try world.refusal(Intake.Refusal.self) {
            try world.recording().extendMaintenance("M1", until: world.now, reason: "x")
        }
        #expect(extended?.description == "M1 is over or cancelled: expected a window that lies ahead or is under way")
    }

    @Test func ofFourWhoCancelOneDoes() async throws {
        _ = try world.recording().planMaintenance(plan(once))
        let (done, refused) = await world.fourAtOnce { try $0.cancelMaintenance("M1", reason: "no").cancellation.by }
        #expect(done.count == 1 && refused.count == 3)
        #expect(refused.allSatisfy { "\($0)".contains("there is nothing to cancel") })
        #expect(try world.ledger.read { try $0.maintenance() }.cancellations.map(\.by) == done)
    }

    @Test func aWindowIsExtended() throws {
        _ = try world.recording().planMaintenance(plan(once))
        let until = try at("2026-10-25T05:00:00+07:00")
        let receipt = try world.recording().extendMaintenance("M1", until: until, reason: "slow")
        #expect(receipt.text == "M1.x1\n")
        #expect(
            words(receipt) == [
                "M1.x1: announce before 2026-10-24T04:00:00+07:00, with `availd maintenance announce M1.x1`"
            ])
        try world.expectMistakes([
            "until: not after the end of M1.2026-10-25, 2026-10-25T05:00:00+07:00"
        ]) { try world.recording().extendMaintenance("M1", until: until, reason: "x") }
        try world.expectMistakes(["until: M1.2026-10-25 would be longer than 31 d, which no maintenance is"]) {
            try world.recording().extendMaintenance("M1", until: until + 40 * 86_400_000, reason: "x")
        }
        let withdrawn = try world.refusal(Intake.Refusal.self) {
            try world.recording().cancelMaintenance("M1.x1", reason: "x")
        }
        #expect(withdrawn?.description.hasPrefix("an extension is not cancelled") == true)
    }

    /// Four who see the same end give it the same new one: the first does, the others are told of it.
    @Test func ofFourWhoExtendOneDoes() async throws {
        _ = try world.recording().planMaintenance(plan(once))
        let until = try at("2026-10-25T05:00:00+07:00")
        let (done, refused) = await world.fourAtOnce {
            try $0.extendMaintenance("M1", until: until, reason: "slow").text
        }
        #expect(done == ["M1.x1\n"])
        #expect(
            refused.map { "\($0)" }
                == Array(
                    repeating: "until: not after the end of M1.2026-10-25, 2026-10-25T05:00:00+07:00", count: 3))
    }

    @Test func aNoticeGivenByHandIsRecorded() throws {
        _ = try world.recording().planMaintenance(plan(once))
        let page = DeliveryRequest("M1", channel: .fanPage, at: world.now - 1)
        #expect(
            words(try world.recording().deliverNotice(page)) == [
                "recorded fan_page for M1",
                "it was given before it was recorded, and does not count without evidence",
            ])
        let call = DeliveryRequest("M1", channel: .direct, customers: ["acme"], evidence: "Mr An")
        #expect(words(try world.recording().deliverNotice(call)) == ["recorded direct for M1"])
        let deliveries = try world.ledger.read { try $0.maintenance() }.deliveries
        #expect(deliveries.map(\.customer) == [nil, "acme"] && deliveries.map(\.answer) == ["", "Mr An"])
    }

    @Test func aNoticeThatCannotBeIsRefusedWithEveryMistake() throws {
        _ = try world.recording().planMaintenance(plan(once))
        let nobody = DeliveryRequest("M1", channel: .email, at: world.now + 1)
        try world.expectMistakes([
            "by: found nothing, expected a name", "at: lies in the future",
            "customer: missing, expected who was told: acme",
        ]) { try world.recording(by: "").deliverNotice(nobody) }
        let other = DeliveryRequest("M1", channel: .email, customers: ["beta", "acm"])
        try world.expectMistakes([
            "customer: found \"beta\", expected a customer that M1 affects",
            "customer: found \"acm\", expected a customer that M1 affects; did you mean acme?",
        ]) { try world.recording().deliverNotice(other) }
        let everyone = DeliveryRequest("M1", channel: .website, customers: ["acme"])
        try world.expectMistakes([
            "customer: website reaches everyone, expected none"
        ]) { try world.recording().deliverNotice(everyone) }
    }
}
