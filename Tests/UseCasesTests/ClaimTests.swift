import Intake
import Interchange
import Ledger
import Reporting
import SLA
import Testing
import UseCases

@Suite struct ClaimTests {
    private let world: World
    private let month: CivilMonth

    init() throws {
        world = try World()
        month = try #require(CivilMonth("2026-09"))
    }

    private func open(
        _ subject: ClaimRequest.Subject? = nil, amount: String? = "300 000", service: String = "acme-web",
        by: String = "lan"
    ) throws -> ClaimReceipt {
        try world.recording(by: by).openClaim(
            ClaimRequest(
                service: service, subject: subject ?? .month(month), amount: amount, reason: "orders were lost",
                evidence: "letter"))
    }

    private func settle(_ id: String, _ amount: String) throws -> ClaimReceipt {
        try world.recording().settleClaim(ClaimStepRequest(id, amount: amount, reason: "agreed"))
    }

    @Test func aClaimIsOpenedAnsweredAndSettled() throws {
        #expect(try open().text == "C1\n")
        _ = try world.recording(by: "an").answerClaim(ClaimStepRequest("C1", amount: "1000", reason: "an hour"))
        let settled = try settle("C1", "5000")
        #expect(settled.claim.steps.map(\.kind) == [.opened, .answered, .settled])
        #expect(settled.claim.steps.map(\.by) == ["lan", "an", "lan"])
        #expect(
            settled.remarks.map { $0.text(naming: \.rawValue) } == [
                "C1 of acme-web for 2026-09: settled 5\u{202F}000 VND"
            ])
        #expect(try world.ledger.read { try $0.claims() } == [settled.claim])
        // Settled again, the last word counts.
        #expect(try settle("C1", "6000").claim.settlement?.amount == ExactDecimal(6000))
    }

    /// That of an incident belongs to the month of its opening.
    @Test func aClaimOfAnIncidentIsOfTheMonthOfItsOpening() throws {
        let opened = try at("2026-09-30T23:00:00+07:00")
        _ = try world.recording().openIncident(
            IncidentRequest(scope: ["service:acme-web"], cause: "water", at: opened))
        let claim = try open(.incident("I1")).claim
        #expect(claim.month == month && claim.incident == "I1")
        try world.expectMistakes(["incident: I1 does not concern beta-shop, but acme-web"]) {
            try open(.incident("I1"), service: "beta-shop")
        }
        #expect(try world.refusal(Unknown.self) { try open(.incident("I7")) }?.kind == .incident)
    }

    @Test func everyMistakeIsSaidAtOnce() throws {
        let ahead = try #require(CivilMonth("2026-12"))
        #expect(
            try world.mistakes { try open(.month(ahead), amount: "1.5", by: "") }.map { $0.prefix { $0 != ":" } }
                == ["month", "amount", "by"])
        #expect(try world.refusal(Unknown.self) { try settle("C7", "1") }?.kind == .claim)
        _ = try open(service: "acme-mail")
        try world.expectMistakes(["amount: found \"1\", no price is recorded, and the cap is a multiple of it"]) {
            try settle("C1", "1")
        }
    }

    @Test func theCapHoldsForThemTogether() throws {
        _ = try (open(), open())
        _ = try settle("C1", "700000")
        try world.expectMistakes([
            "amount: found \"500001\", above what the month's other claims leave of the cap of 6 months' price, "
                + "expected at most 500\u{202F}000"
        ]) { try settle("C2", "500001") }
        _ = try settle("C2", "500000")
        // In the place of one's own word, all of it is free.
        _ = try settle("C1", "100000")
    }

    @Test func ofFourWhoSettleEachIsHeard() async throws {
        _ = try open()
        let (done, refused) = await world.fourAtOnce {
            try $0.settleClaim(ClaimStepRequest("C1", amount: "1", reason: "x"))
        }
        #expect(done.count == 4 && refused.isEmpty)
        #expect(try world.ledger.read { try $0.claims() }.first?.steps.count == 5)
    }

    @Test func nothingIsAcceptedOfAMonthThatWasNeverClosed() throws {
        try world.expectMistakes([
            "evidence: found nothing, expected the customer's letter or the like",
            "month: 2026-09 was never closed, so no statement names a credit",
        ]) {
            try world.recording().acceptLoweredCredit(
                AcceptanceRequest(service: "acme-web", month: month, amount: "0", reason: "x", evidence: " "))
        }
    }

    /// What is written is read as the same.
    @Test func theFileIsReadAsItWasWritten() throws {
        _ = try world.recording().negotiateCompensation(
            NegotiationRequest(service: "acme-web", month: month, amount: "7000", reason: "=letter, \"7\""))
        _ = try world.recording().withdrawNegotiation(of: "acme-web", in: month, reason: "wrong")
        _ = try open()
        _ = try settle("C1", "5000")
        try world.ledger.record { _ in
            [
                .acceptance(
                    Acceptance(
                        month: month, service: "acme-web", amount: ExactDecimal(0), reason: "shown", evidence: "mail",
                        recordedAt: world.now, recordedBy: "lan"))
            ]
        }
        let (settlements, document) = try world.ledger.read {
            (
                try $0.settlements(),
                try $0.settlementDocument(of: nil, asOf: world.now, configured: world.catalog)
            )
        }
        var csv = document.csv
        let read = try csv.withUTF8 {
            try SettlementFile.settlements(UnsafeRawBufferPointer($0), file: "s.csv", catalog: world.catalog)
        }
        #expect(read == settlements)
    }
}
