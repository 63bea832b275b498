import Testing

@testable import SLA

/// What was paid for a month (semantics §9), in a month of 1000 ms.
@Suite struct MonthPriceTests {
    private static func span(_ from: Int64, _ to: Int64) throws -> Interval {
        try #require(Interval(Instant(milliseconds: from), Instant(milliseconds: to)))
    }

    /// - Parameter prices: each with its time; nil where it is `price` throughout.
    private static func price(
        _ committed: [(Int64, Int64)], price: String? = nil, _ prices: [(Int64, Int64, String?)] = [],
        isProrated: Bool = true
    ) throws -> MonthPrice {
        let paid = IntervalSet(try committed.map { try span($0.0, $0.1) })
        let service = Service(
            id: "web", customer: "acme", price: try price.map { try #require(ExactDecimal($0)) },
            prices: try prices.map { from, to, price in
                PaidTerm(
                    interval: try span(from, to), price: try price.map { try #require(ExactDecimal($0)) }, plan: "")
            }, paid: paid, checks: [])
        return MonthPrice(of: service, committed: paid, in: try span(0, 1000), isProrated: isProrated)
    }

    private static func text(_ price: MonthPrice) -> [String?] {
        [price.paid?.amount(minorDigits: 2).text, price.last?.description]
    }

    @Test func eachPriceCountsForItsPartOfTheMonth() throws {
        let prices: [(Int64, Int64, String?)] = [(0, 250, "100"), (250, 1000, "200.5")]
        #expect(try Self.text(Self.price([(0, 1000)], prices)) == ["175.38", "200.5"])
        #expect(try Self.text(Self.price([(0, 1000)], prices, isProrated: false)) == ["200.50", "200.5"])
        // A part that nobody paid for costs nothing, and the last committed instant has its price.
        #expect(try Self.text(Self.price([(0, 100), (200, 250)], prices)) == ["15.00", "100"])
        #expect(try Self.text(Self.price([(0, 100), (200, 250)], prices, isProrated: false)) == ["100.00", "100"])
    }

    @Test func aServiceOfAMomentCostsNextToNothing() throws {
        #expect(try Self.text(Self.price([(0, 1)], price: "300000")) == ["300.00", "300000"])
        #expect(try Self.text(Self.price([(0, 1000)], price: "300000")) == ["300000.00", "300000"])
    }

    /// Thirds of a month are added before they are rounded.
    @Test func itIsRoundedOnce() throws {
        let price = try Self.price([(0, 333), (333, 1000)], [(0, 333, "0.01"), (333, 1000, "0.005")])
        #expect(price.paid?.amount(minorDigits: 2).text == "0.01")
        #expect(price.paid?.amount(percent: ExactDecimal(50), minorDigits: 2).text == "0.00")
    }

    @Test func withoutAPriceForAllOfItThereIsNoSum() throws {
        let prices: [(Int64, Int64, String?)] = [(0, 500, nil), (500, 1000, "100")]
        #expect(try Self.text(Self.price([(0, 1000)], prices)) == [nil, "100"])
        #expect(try Self.text(Self.price([(500, 1000)], prices)) == ["50.00", "100"])
        #expect(try Self.text(Self.price([(0, 1000)], prices, isProrated: false)) == ["100.00", "100"])
        #expect(try Self.text(Self.price([(0, 1000)])) == [nil, nil])
        #expect(try Self.text(Self.price([], price: "100")) == ["0.00", nil])
    }

    /// As exact as it gets: the greatest price and percentage there are.
    @Test func theGreatestAmountsStayExact() throws {
        let price = try Self.price([(0, 999)], price: "999999999999999")
        #expect(price.paid?.amount(percent: ExactDecimal(100_000), minorDigits: 0).text == "998999999999999001")
    }
}
