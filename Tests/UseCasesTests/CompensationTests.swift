import Intake
import Ledger
import SLA
import Testing
import UseCases

@Suite struct CompensationTests {
    private let world: World
    private let month: CivilMonth

    init() throws {
        world = try World()
        month = try #require(CivilMonth("2026-09"))
    }

    private func request(
        _ amount: String = "150 000", service: String = "acme-web", month: String = "2026-09", reason: String = "letter"
    ) throws -> NegotiationRequest {
        NegotiationRequest(
            service: service, month: try #require(CivilMonth(month)), amount: amount, reason: reason)
    }

    @Test func anAmountIsAgreedAndWithdrawn() throws {
        let receipt = try world.recording().negotiateCompensation(request())
        #expect(
            receipt.remarks.map { $0.text(naming: \.rawValue) } == [
                "recorded 150\u{202F}000 VND for acme-web in 2026-09, where nothing would be due (unmeasured)"
            ])
        #expect(try world.ledger.read { try $0.negotiations() } == [receipt.negotiation])
        let withdrawn = try world.recording().withdrawNegotiation(of: "acme-web", in: month, reason: "wrong month")
        #expect(withdrawn.negotiation.amount == nil)
        #expect(
            withdrawn.remarks.map { $0.text(naming: \.rawValue) } == [
                "withdrew what was negotiated for acme-web in 2026-09"
            ])
        try world.expectMistakes([
            "reason: found nothing, expected why", "by: found nothing, expected a name",
            "month: nothing is negotiated for acme-web in 2026-09",
        ]) {
            try world.recording(by: "").withdrawNegotiation(of: "acme-web", in: month, reason: "")
        }
    }

    @Test func everyMistakeIsSaidAtOnce() throws {
        let request = try request("1.5", month: "2026-12", reason: " ")
        let mistakes = try world.mistakes { try world.recording(by: "").negotiateCompensation(request) }
        #expect(mistakes.map { $0.prefix { $0 != ":" } } == ["amount", "month", "reason", "by"])
        try world.expectMistakes([
            "amount: found \"1200001\", above the cap of 6 months' price, expected at most 1\u{202F}200\u{202F}000"
        ]) { try world.recording().negotiateCompensation(self.request("1200001")) }
        try world.expectMistakes([
            "amount: found \"150 000\", no price is recorded, and the cap is a multiple of it",
            "month: acme-mail was not paid for in 2020-09, so nothing can be due",
        ]) {
            try world.recording().negotiateCompensation(self.request(service: "acme-mail", month: "2020-09"))
        }
        let unknown = try world.refusal(Unknown.self) {
            try world.recording().negotiateCompensation(self.request(service: "acme-wbe"))
        }
        #expect(unknown?.nearest == "acme-web")
    }

    @Test func ofFourWhoWithdrawOneDoes() async throws {
        _ = try world.recording().negotiateCompensation(request())
        let (done, refused) = await world.fourAtOnce { [month] in
            try $0.withdrawNegotiation(of: "acme-web", in: month, reason: "x").negotiation.recordedBy
        }
        #expect(done.count == 1)
        #expect(
            refused.map { "\($0)" }
                == Array(repeating: "month: nothing is negotiated for acme-web in 2026-09", count: 3))
    }
}
