import Testing

@testable import SLA

/// Compensation, clause 7: the lowest tier, the cap, and rounding once.
@Suite struct CreditTests {
    private static func rule(
        _ tiers: [(String, String)], cap: Int = 6, currency: String? = "VND"
    ) throws -> Compensation {
        Compensation(
            capMonths: cap, currency: currency,
            tiers: try tiers.map {
                Compensation.Tier(
                    below: try #require(ExactDecimal($0.0)), percent: try #require(ExactDecimal($0.1)))
            })
    }

    /// The credit for `permyriad` hundredths of a percent.
    private static func credit(
        _ permyriad: Int64, price: String?, _ rule: Compensation, verdict: Verdict = .breached
    ) throws -> Credit? {
        Credit(
            availability: Ratio(permyriad, of: 10_000), verdict: verdict,
            price: try price.map { try #require(ExactDecimal($0)) }, under: rule)
    }

    @Test(
        arguments: [
            (9900, nil, nil), (9899, "10", "20000"), (9500, "10", "20000"), (9499, "50", "100000"), (0, "50", "100000"),
            (10_000, nil, nil),
        ] as [(Int64, String?, String?)])
    func lowestTierThatItFallsUnder(permyriad: Int64, percent: String?, amount: String?) throws {
        for tiers in [[("99", "10"), ("95", "50")], [("95", "50"), ("99", "10")]] {
            let credit = try Self.credit(permyriad, price: "200000", Self.rule(tiers))
            #expect(credit?.basis == percent.flatMap { ExactDecimal($0) }.map { .tier(percent: $0) })
            #expect(credit?.amount == amount)
        }
    }

    @Test func neverMoreThanTheCap() throws {
        let rule = try Self.rule([("99", "1000")])
        #expect(try Self.credit(9000, price: "200000", rule)?.amount == "1200000")
        let one = try Self.rule([("99", "100.000000001")], cap: 1)
        #expect(try Self.credit(9000, price: "200000", one)?.amount == "200000")
    }

    /// Half a unit rounds up; less does not; and it is rounded once, not on the way.
    @Test(arguments: [
        ("5", "10", "VND", "1"), ("4.999999999", "10", "VND", "0"), ("15", "10", "VND", "2"),
        ("0.05", "10", "USD", "0.01"), ("0.04", "10", "USD", "0.00"), ("0.005", "10", "KWD", "0.001"),
        ("199999.45", "100", "VND", "199999"), ("199999.5", "100", "VND", "200000"), ("12.34", "50", "EUR", "6.17"),
    ])
    func roundedHalfUpOnce(price: String, percent: String, currency: String, amount: String) throws {
        let rule = try Self.rule([("99", percent)], currency: currency)
        #expect(try Self.credit(9000, price: price, rule)?.amount == amount)
    }

    @Test func withoutTiersItIsNegotiated() throws {
        let credit = try Self.credit(9000, price: "200000", Self.rule([]))
        #expect(credit?.basis == .negotiate)
        #expect(credit?.amount == "1200000")
        #expect(try Self.credit(10_000, price: "200000", Self.rule([]), verdict: .met) == nil)
    }

    @Test func withoutPriceThereIsNoAmount() throws {
        let tiered = try Self.credit(9000, price: nil, Self.rule([("99", "10")]))
        #expect(tiered?.basis == .tier(percent: ExactDecimal(10)))
        #expect(tiered?.amount == nil)
        let negotiated = try Self.credit(9000, price: nil, Self.rule([]))
        #expect(negotiated?.basis == .negotiate)
        #expect(negotiated?.amount == nil)
    }

    /// Under the tier by less than the printed digits show is under the tier.
    @Test func comparedUnrounded() throws {
        let rule = try Self.rule([("99", "10")])
        let almost = try #require(Ratio(2_651_615_999, of: 2_678_400_000))
        #expect(almost.percentText == "98.9999")
        #expect(Credit(availability: almost, verdict: .breached, price: ExactDecimal(10), under: rule)?.amount == "1")
    }
}
