import Testing

@testable import SLA

/// Amounts as people write and read them, semantics §9: every text in currencies with 0, 2 and 3 decimals, and in none.
@Suite struct AmountTextTests {
    private static let currencies = ["VND", "JPY", "XAF", "USD", "KWD", nil]

    /// What `text` is in each of ``currencies``, in their order.
    private static func read(_ text: String) -> [String?] {
        currencies.map { AmountText.amount(text, in: $0)?.description }
    }

    private static func all(_ amount: String) -> [String?] { currencies.map { _ in amount } }

    @Test(arguments: [
        ("0", "0"), ("1", "1"), ("150", "150"), ("150000", "150000"), ("999999999999999", "999999999999999"),
        ("1 000", "1000"), ("12 000", "12000"), ("150 000", "150000"), ("1 200 000", "1200000"),
        ("150\u{A0}000", "150000"), ("1\u{A0}200\u{A0}000", "1200000"),
        ("150\u{202F}000", "150000"), ("1\u{202F}200\u{202F}000", "1200000"),
    ])
    func wholeNumbersAreReadInEveryCurrency(text: String, amount: String) {
        #expect(Self.read(text) == Self.all(amount))
    }

    /// A point: an amount only where the currency has as many decimals as are written, zeroes too.
    @Test(
        arguments: [
            ("150.000", nil, "150.000"), ("200.000", nil, "200.000"), ("1.5", "1.5", "1.5"),
            ("150000.0", "150000.0", "150000.0"), ("150000.00", "150000.00", "150000.00"), ("0.05", "0.05", "0.05"),
            ("0.005", nil, "0.005"), ("150 000.50", "150000.50", "150000.50"), ("1\u{202F}500.5", "1500.5", "1500.5"),
            ("0.0000", nil, nil), ("1.0000000001", nil, nil),
            ("999999999999999.99", "999999999999999.99", "999999999999999.99"),
        ] as [(String, String?, String?)])
    func aPointIsOfCurrenciesWithDecimals(text: String, two: String?, three: String?) {
        #expect(Self.read(text) == [nil, nil, nil, two, three, two])
    }

    @Test(arguments: [
        // A comma, of decimals or of thousands.
        "150,000", "150,00", "1,5", "1,200,000", "1.200,50", "1,200.50", "1.200.000", "150 000,50", ",5",
        // A point without digits on both sides.
        ".", "1.", ".5", "1..5", "1.2.3",
        // Groups that are not of three, and several kinds of space.
        "1 50 000", "1500 000", "150 00", "150 0000", "15 000 00", "150  000", " 150000", "150000 ", " ", "1 ", " 000",
        "1 200\u{A0}000", "1\u{A0}200\u{202F}000", "1 15\u{A0}", "1\u{A0}", "\u{202F}", "150\u{2009}000", "150\t000",
        "150\n000", "150_000", "150'000", "1 000.500 0", "0.5 0", "1 .5",
        // Signs, leading zeroes, other numbers, and none.
        "-1", "-0", "+1", "- 150 000", "00", "007", "0 150", "000 150", "00.5", "1e3", "0x10", "NaN", "١٥٠",
        "150\u{301}000", "",
        "150000 VND", "150000đ", "x",
        // Too much.
        "1000000000000000", "1 000 000 000 000 000", "9999999999999999999999",
    ])
    func theRestIsNoAmountInAnyCurrency(text: String) {
        #expect(Self.read(text) == Self.currencies.map { _ in nil })
    }

    @Test func whatIsExpectedIsShownInRightReadings() throws {
        #expect(
            AmountText.expected(in: "VND")
                == "a whole number of VND without a point or comma, 0 or more and under 10^15, as 150000 or 150 000")
        #expect(
            AmountText.expected(in: "KWD")
                == "an amount of KWD with at most 3 decimals behind a point and without a comma, 0 or more and under "
                + "10^15, as 1500.50 or 1 500.50")
        #expect(AmountText.expected(in: nil).hasPrefix("an amount with at most 2 decimals behind a point"))
        for currency in Self.currencies {
            let readings = try #require(AmountText.expected(in: currency).split(separator: ", as ").last)
            for reading in readings.split(separator: " or ").map(String.init) {
                #expect(AmountText.amount(reading, in: currency) != nil, "\(reading)")
            }
        }
    }

    @Test(arguments: [
        ("0", "0"), ("150", "150"), ("1500", "1_500"), ("20000", "20_000"), ("150000", "150_000"),
        ("1200000", "1_200_000"), ("1234567890", "1_234_567_890"), ("0.05", "0.05"), ("1500.50", "1_500.50"),
        // As it may have been recorded once.
        ("150.000", "150.000"), ("150000.0005", "150_000.0005"),
    ])
    func peopleSeeGroupsOfThree(amount: String, shown: String) {
        let grouped = shown.replacing("_", with: "\u{202F}")
        #expect(AmountText.shown(amount) == grouped)
        #expect(AmountText.shown(amount, in: "VND") == grouped + " VND")
    }

    /// What is shown can be typed again.
    @Test(arguments: ["0", "999", "1000", "150000", "1200000", "999999999999999"])
    func whatIsShownIsRead(amount: String) {
        #expect(Self.read(AmountText.shown(amount)) == Self.all(amount))
        #expect(AmountText.amount(AmountText.shown(amount + ".50"), in: "USD")?.description == amount + ".50")
    }
}
