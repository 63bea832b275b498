import Testing

@testable import SLA

/// Compensation, clause 7: the lowest tier, the cap, what is left open, and rounding once.
@Suite struct CreditTests {
    private typealias Bounds = (own: Int64, low: Int64, high: Int64)

    private static func rule(
        _ tiers: [(String, String)], cap: Int = 6, currency: String? = "VND",
        uncertain: Compensation.UncertainMonth = .settle
    ) throws -> Compensation {
        Compensation(
            capMonths: cap, currency: currency,
            tiers: try tiers.map {
                Compensation.Tier(
                    below: try #require(ExactDecimal($0.0)), percent: try #require(ExactDecimal($0.1)))
            }, uncertain: uncertain)
    }

    private static let tiers = [("99", "10"), ("95", "50")]

    /// The credit for hundredths of a percent, and for what they would be without the provider's own corrections.
    private static func credit(
        _ own: Bounds, without plain: Bounds? = nil, price: String?, _ rule: Compensation
    ) throws -> Credit? {
        let price = try MonthPrice.whole(price.map { try #require(ExactDecimal($0)) })
        let agreement = Agreement(calendar: CivilCalendar(zone: .utc), compensation: rule)
        func assessment(_ bounds: Bounds) -> CreditAssessment {
            CreditAssessment(
                of: Ratio(bounds.own, of: 10_000), between: Ratio(bounds.low, of: 10_000),
                and: Ratio(bounds.high, of: 10_000), price: price, under: agreement)
        }
        return Credit(
            assessment(own), without: plain.map(assessment), price: price, under: rule,
            agreed: .nothing)
    }

    private static func credit(_ permyriad: Int64, price: String?, _ rule: Compensation) throws -> Credit? {
        try credit((permyriad, permyriad, permyriad), price: price, rule)
    }

    /// `0 to 20000`; nil where nothing is left open.
    private static func open(_ credit: Credit?) -> String? {
        credit?.toSettle.map { "\($0.from.amount?.text ?? "negotiate") to \($0.to.amount?.text ?? "negotiate")" }
    }

    @Test(
        arguments: [
            (9900, nil, nil), (9899, "10", "20000"), (9500, "10", "20000"), (9499, "50", "100000"), (0, "50", "100000"),
            (10_000, nil, nil),
        ] as [(Int64, String?, String?)])
    func lowestTierThatItFallsUnder(permyriad: Int64, percent: String?, amount: String?) throws {
        for tiers in [Self.tiers, Self.tiers.reversed()] {
            let credit = try Self.credit(permyriad, price: "200000", Self.rule(tiers))
            #expect(credit?.basis == percent.flatMap { ExactDecimal($0) }.map { .tier(percent: $0) })
            #expect(credit?.due?.text == amount)
        }
    }

    @Test func neverMoreThanTheCap() throws {
        let rule = try Self.rule([("99", "1000")])
        #expect(try Self.credit(9000, price: "200000", rule)?.due?.text == "1200000")
        let one = try Self.rule([("99", "100.000000001")], cap: 1)
        #expect(try Self.credit(9000, price: "200000", one)?.due?.text == "200000")
    }

    /// Half a unit rounds up; less does not; and it is rounded once, not on the way.
    @Test(arguments: [
        ("5", "10", "VND", "1"), ("4.999999999", "10", "VND", "0"), ("15", "10", "VND", "2"),
        ("0.05", "10", "USD", "0.01"), ("0.04", "10", "USD", "0.00"), ("0.005", "10", "KWD", "0.001"),
        ("199999.45", "100", "VND", "199999"), ("199999.5", "100", "VND", "200000"), ("12.34", "50", "EUR", "6.17"),
        ("999999999999999", "100000", "VND", "5999999999999994"),
    ])
    func roundedHalfUpOnce(price: String, percent: String, currency: String, amount: String) throws {
        let rule = try Self.rule([("99", percent)], currency: currency)
        #expect(try Self.credit(9000, price: price, rule)?.due?.text == amount)
    }

    /// The cap is said, and is no amount.
    @Test func withoutTiersItIsNegotiated() throws {
        let credit = try #require(try Self.credit(9000, price: "200000", Self.rule([])))
        #expect(credit.basis == .negotiate)
        #expect(credit.due == nil)
        #expect(credit.cap?.text == "1200000")
        #expect(try Self.credit(10_000, price: "200000", Self.rule([])) == nil)
    }

    @Test func aBreachThatNoTierReachesIsNegotiated() throws {
        let rule = try Self.rule([("95", "50")])
        #expect(try Self.credit(9899, price: "200000", rule)?.basis == .negotiate)
        #expect(try Self.credit(9500, price: "200000", rule)?.basis == .negotiate)
        #expect(try Self.credit(9499, price: "200000", rule)?.due?.text == "100000")
    }

    @Test func withoutPriceThereIsNoAmount() throws {
        let tiered = try Self.credit(9000, price: nil, Self.rule([("99", "10")]))
        #expect(tiered?.basis == .tier(percent: ExactDecimal(10)))
        #expect(tiered?.due == nil)
        let negotiated = try Self.credit(9000, price: nil, Self.rule([]))
        #expect(negotiated?.basis == .negotiate)
        #expect(negotiated?.cap == nil)
    }

    /// Under the tier by less than the printed digits show is under the tier.
    @Test func comparedUnrounded() throws {
        let agreement = Agreement(calendar: CivilCalendar(zone: .utc), compensation: try Self.rule([("99", "10")]))
        let almost = try #require(Ratio(2_651_615_999, of: 2_678_400_000))
        #expect(almost.percentText == "98.9999")
        #expect(agreement.creditLevel(of: almost) == .tier(percent: ExactDecimal(10)))
    }

    /// A tier above the objective, which no configuration has, gives nothing where the objective is met.
    @Test func nothingIsDueWhereTheVerdictIsMet() throws {
        #expect(try Self.credit(9950, price: "200000", Self.rule([("99.9", "10")])) == nil)
    }

    @Test(
        arguments: [
            // The same tier at both bounds.
            ((9800, 9750, 9850), nil, "20000", "20000"),
            // Another tier at the lower, at the upper, at both.
            ((9600, 9400, 9700), "20000 to 100000", nil, "20000"),
            ((9400, 9300, 9600), "20000 to 100000", nil, "100000"),
            // Nothing at the upper, and nothing by itself.
            ((9800, 9700, 9950), "0 to 20000", nil, "20000"), ((9950, 9800, 10_000), "0 to 20000", nil, nil),
            ((10_000, 0, 10_000), "0 to 100000", nil, nil), ((0, 0, 10_000), "0 to 100000", nil, "100000"),
            ((9950, 9900, 10_000), nil, nil, nil),
        ] as [((Int64, Int64, Int64), String?, String?, String?)])
    func whatIsNotTheSameAtBothBoundsIsToBeSettled(
        bounds: (own: Int64, low: Int64, high: Int64), range: String?, settled: String?, paid: String?
    ) throws {
        let settle = try Self.credit(bounds, price: "200000", Self.rule(Self.tiers))
        #expect(Self.open(settle) == range)
        #expect(settle?.due?.text == settled)
        let pay = try Self.credit(bounds, price: "200000", Self.rule(Self.tiers, uncertain: .pay))
        #expect(Self.open(pay) == nil)
        #expect(pay?.due?.text == paid)
    }

    /// Two tiers that both reach the cap are one amount.
    @Test func theSameAmountIsTheSameCredit() throws {
        let credit = try Self.credit((9600, 9400, 9700), price: "1000", Self.rule([("99", "700"), ("95", "900")]))
        #expect(credit?.due?.text == "6000")
    }

    @Test func aBoundAtWhichItIsNegotiatedHasNoAmount() throws {
        let rule = try Self.rule([("95", "50")])
        #expect(Self.open(try Self.credit((9600, 9400, 9700), price: "200000", rule)) == "negotiate to 100000")
        #expect(Self.open(try Self.credit((9850, 9700, 9950), price: "200000", rule)) == "0 to negotiate")
    }

    /// What would be more without our own corrections is to be settled, whatever becomes of uncertain months.
    @Test(arguments: [Compensation.UncertainMonth.settle, .pay])
    func whatWouldBeMoreWithoutOurOwnCorrectionsIsToBeSettled(rule: Compensation.UncertainMonth) throws {
        let agreed = try Self.rule(Self.tiers, uncertain: rule)
        func open(_ own: Bounds, _ plain: Bounds) throws -> String? {
            Self.open(try Self.credit(own, without: plain, price: "200000", agreed))
        }
        #expect(try open((10_000, 10_000, 10_000), (9800, 9750, 9850)) == "0 to 20000")
        #expect(try open((9800, 9750, 9850), (9400, 9300, 9450)) == "20000 to 100000")
        // Less, or the same, changes nothing.
        #expect(try open((9800, 9750, 9850), (9850, 9850, 9890)) == nil)
        #expect(try open((9800, 9750, 9850), (10_000, 10_000, 10_000)) == nil)
    }

    /// Its range spans both figures' bounds.
    @Test func theRangeSpansBothFigures() throws {
        let rule = try Self.rule(Self.tiers, uncertain: .pay)
        let credit = try Self.credit((9950, 9800, 10_000), without: (9400, 9300, 9800), price: "200000", rule)
        #expect(Self.open(credit) == "0 to 100000")
    }
}

extension CreditAgreement {
    /// Nothing was agreed.
    static let nothing = CreditAgreement(
        Settlements(), of: "web", in: CivilMonth(of: CivilDate(daysSinceEpoch: 0)), asOf: Instant(milliseconds: 0))
}

extension MonthPrice {
    /// Of a month with one price.
    static func whole(_ price: ExactDecimal?) throws -> MonthPrice {
        let month = try #require(Interval(Instant(milliseconds: 0), Instant(milliseconds: 1000)))
        let service = Service(id: "web", customer: "acme", price: price, paid: IntervalSet(month), checks: [])
        return MonthPrice(of: service, committed: IntervalSet(month), in: month, isProrated: true)
    }
}
