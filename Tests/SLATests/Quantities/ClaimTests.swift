import Testing

@testable import SLA

/// Claims and acceptances, clause 7: what stands over what, as it is known.
@Suite struct ClaimTests {
    private static let october = CivilMonth(of: CivilDate(daysSinceEpoch: 20_727))

    private static func claim(
        _ id: String, _ steps: [(Claim.Step.Kind, Int64?, Int64)], service: String = "web"
    ) -> Claim {
        Claim(
            id: id, service: service, month: october, incident: nil,
            steps: steps.map { kind, amount, at in
                Claim.Step(
                    kind: kind, amount: amount.map(ExactDecimal.init), text: "x", at: Instant(milliseconds: at),
                    by: "lan")
            })
    }

    /// What is due of a month with 10 % of 200 000 by its tier.
    private static func credit(_ settlements: Settlements, asOf: Int64, low: Int64 = 9800) throws -> Credit? {
        let tier = Compensation.Tier(below: ExactDecimal(99), percent: ExactDecimal(10))
        let rule = Compensation(currency: "VND", tiers: [tier])
        let price = try MonthPrice.whole(ExactDecimal(200_000))
        let assessment = CreditAssessment(
            of: Ratio(9800, of: 10_000), between: Ratio(low, of: 10_000), and: Ratio(9800, of: 10_000), price: price,
            under: Agreement(calendar: CivilCalendar(zone: .utc), compensation: rule))
        return Credit(
            assessment, without: nil, price: price, under: rule,
            agreed: CreditAgreement(settlements, of: "web", in: october, asOf: Instant(milliseconds: asOf)))
    }

    @Test func settledClaimsAreSummedAndStandOverBoth() throws {
        let negotiation = Negotiation(
            month: Self.october, service: "web", amount: ExactDecimal(7000), reason: "letter",
            recordedAt: Instant(milliseconds: 5), recordedBy: "lan")
        let settlements = Settlements(
            negotiations: [negotiation],
            claims: [
                Self.claim("C1", [(.opened, 90_000, 1), (.answered, 1000, 2), (.settled, 30_000, 10)]),
                Self.claim("C2", [(.opened, nil, 3), (.settled, 4000, 20), (.settled, 5000, 30)]),
                Self.claim("C3", [(.opened, 60_000, 4)]), Self.claim("C4", [(.settled, 1, 1)], service: "mail"),
            ])
        func due(_ asOf: Int64) throws -> String? { try Self.credit(settlements, asOf: asOf)?.due?.text }
        #expect(try due(4) == "20000")
        #expect(try due(5) == "7000")
        #expect(try due(10) == "30000")
        #expect(try due(20) == "34000")
        #expect(try due(30) == "35000")
        let credit = try #require(try Self.credit(settlements, asOf: 30))
        #expect(credit.claims.map(\.id) == ["C1", "C2"])
        #expect(credit.computed?.text == "20000" && credit.negotiation == negotiation)
    }

    @Test func theCapHoldsForTheirSum() throws {
        let claims = [("C1", 700_000), ("C2", 600_000)].map { Self.claim($0, [(.opened, nil, 1), (.settled, $1, 2)]) }
        #expect(try Self.credit(Settlements(claims: claims), asOf: 2)?.due?.text == "1200000")
        let rule = Compensation(currency: "VND")
        func refusal(_ amount: Int64) -> String? {
            rule.refusal(of: ExactDecimal(amount), besides: [ExactDecimal(700_000)], price: ExactDecimal(200_000))?
                .description
        }
        #expect(refusal(500_000) == nil)
        #expect(
            refusal(500_001)
                == "above what the month's other claims leave of the cap of 6 months' price, expected at most "
                + "500\u{202F}000")
    }

    /// From 20 000, as a statement has named it at 10.
    @Test(
        arguments: [
            (nil, nil, ["web"]), (20_000, nil, []), (19_999, nil, ["web"]), (5000, (5000, 11), []),
            (5000, (4000, 11), []), (4000, (5000, 11), ["web"]), (5000, (5000, 10), ["web"]), (nil, (0, 11), []),
        ] as [(Int64?, (Int64, Int64)?, [String])])
    func aCreditIsLoweredOnlyWithTheCustomersWord(due: Int64?, word: (Int64, Int64)?, lowered: [String]) throws {
        let acceptances = word.map { amount, at in
            Acceptance(
                month: Self.october, service: "web", amount: ExactDecimal(amount), reason: "x", evidence: "y",
                recordedAt: Instant(milliseconds: at), recordedBy: "lan")
        }
        let table = ReportTable(columns: ["service", "credit_amount"], rows: [["mail", ""], ["web", "20000"]])
        let found = LoweredCredit.all(
            from: table, to: ["web": due.map { Money(ExactDecimal($0)).amount(minorDigits: 0) }],
            settlements: Settlements(acceptances: acceptances.map { [$0] } ?? []), of: Self.october,
            asOf: Instant(milliseconds: 20), closedAt: Instant(milliseconds: 10), currency: "VND")
        #expect(found.map(\.service) == lowered)
    }
}
