import Intake
import Ledger
import SLA
import Testing
import UseCases

@Suite struct TermsTests {
    private let world: World

    init() throws { world = try World() }

    private func withdrawal(_ service: String = "acme-web") throws -> PaidWithdrawalRequest {
        PaidWithdrawalRequest(
            service: service, from: try at("2026-10-05T00:00:00+07:00"), to: try at("2026-10-06T00:00:00+07:00"),
            reason: "never paid")
    }

    @Test func theSameBillTwiceIsOne() throws {
        let terms = [
            "acme-web": [BilledTerm(interval: try #require(Interval(world.now, .distantFuture)))],
            "beta-shop": [BilledTerm(interval: try #require(Interval(world.now, world.now + 1)))],
        ]
        let first = try world.recording().importTerms(terms, recordCount: 2)
        #expect(first.text == "read 2 terms of 2 services: recorded those of 2\n")
        let again = try world.recording().importTerms(terms, recordCount: 2)
        #expect(again.text == "read 2 terms of 2 services: nothing has changed\n" && again.changed.isEmpty)
        let one = try world.recording().importTerms(["beta-shop": []], recordCount: 0)
        #expect(one.changed == ["beta-shop"])
        // With it goes what the configuration says of services that the ledger had never seen, once.
        let history = try world.ledger.read { try $0.catalogHistory() }
        #expect(history.services.mapValues(\.records.count) == ["acme-web": 1, "acme-mail": 1, "beta-shop": 1])
        #expect(try world.mistakes { try world.recording(by: "").importTerms([:], recordCount: 0) }.count == 1)
    }

    @Test func aWithdrawalTakesAwayWhatWasNeverPaid() throws {
        let receipt = try world.recording().withdrawPaidTime(withdrawal())
        #expect(receipt.text == "W1\n" && receipt.remarks.isEmpty && receipt.touchesPaidTime)
        let paid = try world.ledger.read { snapshot in
            try snapshot.catalogHistory().services["acme-web"]?.paid(asOf: world.now) ?? .empty
        }
        #expect(paid.intersection(IntervalSet(receipt.withdrawal.interval)).isEmpty)
        var early = try withdrawal()
        early.from = try at("2020-10-05T00:00:00+07:00")
        early.to = early.from + 1
        #expect(try !world.recording().withdrawPaidTime(early).touchesPaidTime)
    }

    @Test func everyMistakeIsSaidAtOnce() throws {
        var request = try withdrawal()
        request.to = request.from
        request.reason = ""
        try world.expectMistakes([
            "to: the end is not after the beginning, expected an instant later than from",
            "reason: found nothing, expected why", "by: found nothing, expected a name",
        ]) { try world.recording(by: " ").withdrawPaidTime(request) }
        let unknown = try world.refusal(Unknown.self) {
            try world.recording().withdrawPaidTime(withdrawal("acme-wbe"))
        }
        #expect(unknown?.nearest == "acme-web")
        #expect(try world.mistakes { try world.recording(by: "").reinstatePaidTime("W1", reason: "") }.count == 2)
        #expect(
            try world.refusal(Unknown.self) { try world.recording().reinstatePaidTime("W1", reason: "x") }?.description
                == "there is no withdrawal W1; there is none at all")
    }

    @Test func ofFourWhoReinstateOneDoes() async throws {
        _ = try world.recording().withdrawPaidTime(withdrawal())
        let (done, refused) = await world.fourAtOnce { try $0.reinstatePaidTime("W1", reason: "it was").end.by }
        let first = try #require(done.first)
        #expect(done.count == 1)
        #expect(
            refused.map { $0 as? TermsError }
                == Array(
                    repeating: .alreadyReinstated(id: "W1", at: world.now, by: first, reason: "it was"), count: 3))
    }
}
