import Testing

@testable import SLA

/// What is agreed over the computed amount, clause 7: the last word known counts, and the cap holds.
@Suite struct NegotiationTests {
    private static let october = CivilMonth(of: CivilDate(daysSinceEpoch: 20_727))

    private static func record(_ amount: Int64?, at: Int64, service: String = "web") -> Negotiation {
        Negotiation(
            month: october, service: service, amount: amount.map(ExactDecimal.init), reason: "letter",
            recordedAt: Instant(milliseconds: at), recordedBy: "lan")
    }

    private static func credit(
        _ permyriad: Int64, price: Int64?, _ amount: Int64?, tiers: Bool = true
    ) throws -> Credit? {
        let tier = Compensation.Tier(below: ExactDecimal(99), percent: ExactDecimal(10))
        let rule = Compensation(currency: "VND", tiers: tiers ? [tier] : [])
        let (share, price) = (Ratio(permyriad, of: 10_000), try MonthPrice.whole(price.map(ExactDecimal.init)))
        let assessment = CreditAssessment(
            of: share, between: share, and: share, price: price,
            under: Agreement(calendar: CivilCalendar(zone: .utc), compensation: rule))
        return Credit(
            assessment, without: nil, price: price, under: rule,
            agreed: CreditAgreement(
                Settlements(negotiations: amount.map { [record($0, at: 0)] } ?? []), of: "web", in: october,
                asOf: Instant(milliseconds: 0)))
    }

    @Test func theLastRecordKnownCounts() {
        let records = [
            Self.record(1, at: 10), Self.record(9, at: 15, service: "mail"), Self.record(2, at: 20),
            Self.record(nil, at: 30),
        ]
        func inForce(_ asOf: Int64) -> ExactDecimal? {
            Negotiation.inForce(records, of: "web", in: Self.october, asOf: Instant(milliseconds: asOf))?.amount
        }
        #expect(inForce(9) == nil)
        #expect(inForce(10) == ExactDecimal(1))
        #expect(inForce(20) == ExactDecimal(2))
        // Withdrawn: the computed amount counts again, not an earlier agreement.
        #expect(inForce(30) == nil)
        #expect(
            Negotiation.inForce(records, of: "web", in: Self.october.next, asOf: Instant(milliseconds: 25)) == nil)
    }

    @Test func itGoesOverTheComputedAmountAndBothStay() throws {
        let credit = try #require(try Self.credit(9000, price: 200_000, 150_000))
        #expect(credit.basis == .tier(percent: ExactDecimal(10)))
        #expect(credit.computed?.text == "20000")
        #expect(credit.due?.text == "150000")
        #expect(credit.cap?.text == "1200000")
    }

    @Test func theCapHoldsForItAsWell() throws {
        #expect(try Self.credit(9000, price: 200_000, 1_200_001)?.due?.text == "1200000")
    }

    @Test func itCountsWhereNothingWouldBeDue() throws {
        #expect(try Self.credit(9950, price: 200_000, nil) == nil)
        let credit = try #require(try Self.credit(9950, price: 200_000, 5))
        #expect(credit.basis == .negotiate)
        #expect(credit.computed == nil)
        #expect(credit.due?.text == "5")
    }

    @Test func withoutTiersTheCapIsSaidUntilAnAmountIsAgreed() throws {
        let open = try #require(try Self.credit(9000, price: 200_000, nil, tiers: false))
        #expect(open.due == nil)
        #expect(open.cap?.text == "1200000")
        #expect(try Self.credit(9000, price: 200_000, 0, tiers: false)?.due?.text == "0")
    }

    @Test(
        arguments: [
            ("150000", "200000", "VND", nil), ("1200000", "200000", "VND", nil), ("0", "200000", "VND", nil),
            ("1200001", "200000", "VND", "above the cap of 6 months' price, expected at most 1\u{202F}200\u{202F}000"),
            ("0.05", "10", "USD", nil),
            ("60.01", "10", "USD", "above the cap of 6 months' price, expected at most 60.00"),
            ("1", nil, "VND", "no price is recorded, and the cap is a multiple of it"),
            // A cap of 0.6 dong is paid as 1.
            ("1", "0.1", "VND", nil), ("2", "0.1", "VND", "above the cap of 6 months' price, expected at most 1"),
        ] as [(String, String?, String, String?)])
    func anAmountThatCannotBeAgreedIsRefused(amount: String, price: String?, currency: String, why: String?) throws {
        let refusal = Compensation(currency: currency).refusal(
            of: try #require(ExactDecimal(amount)), price: try price.map { try #require(ExactDecimal($0)) })
        #expect(refusal?.description == why)
    }

    /// The sum of what is paid, not of what it was before rounding.
    @Test func aTotalIsTheSumOfWhatIsPaid() throws {
        let amounts = try (0..<3).map { _ in try #require(try Self.credit(9000, price: 5, nil)?.due) }
        #expect(amounts.reduce(.zero(in: "VND"), +).text == "3")
        #expect(Amount.zero(in: "USD").text == "0.00")
    }
}
