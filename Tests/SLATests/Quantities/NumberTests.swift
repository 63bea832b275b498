import Testing

@testable import SLA

/// Numbers and durations as people write and read them.
@Suite struct NumberTests {
    @Test(
        arguments: [
            ("99", 99, 0), ("99.95", 9995, 2), ("-1", -1, 0), ("-0.5", -5, 1), ("0", 0, 0), ("007", 7, 0),
            ("99.000000000", 99_000_000_000, 9), ("999999999999999999", 999_999_999_999_999_999, 0),
        ] as [(String, Int64, Int)])
    func decimalReads(text: String, mantissa: Int64, scale: Int) throws {
        let decimal = try #require(ExactDecimal(text))
        #expect(decimal.mantissa == mantissa)
        #expect(decimal.scale == scale)
        #expect(decimal.description == text)
    }

    @Test(arguments: [
        "", "-", ".", "99.", ".5", "+1", "--1", "1e2", "99,5", " 99", "99 ", "0x10", "NaN", "1.2.3", "1_000",
        "0.1234567890", "1000000000000000000", "١٢",
    ])
    func decimalRejects(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test func decimalsAreNumbersNotSpellings() throws {
        let spellings = try ["99", "99.0", "99.000000000", "099"].map { try #require(ExactDecimal($0)) }
        #expect(Set(spellings).count == 1)
        let ordered = try ["-2", "-1.5", "0", "0.000000001", "98.99999", "99", "99.5", "100"].map {
            try #require(ExactDecimal($0))
        }
        for (low, high) in zip(ordered, ordered.dropFirst()) {
            #expect(low < high)
            #expect(!(high < low))
            #expect(low != high)
        }
    }

    /// Cut after four decimals, never rounded.
    @Test(
        arguments: [
            (9_899_999, 10_000_000, "98.9999"), (1, 3, "33.3333"), (2, 3, "66.6666"), (0, 5, "0.0000"),
            (5, 5, "100.0000"), (999_999_999, 1_000_000_000, "99.9999"), (1, 1_000_000, "0.0001"),
            (1, 1_000_001, "0.0000"), (99, 100, "99.0000"), (2_678_399_999, 2_678_400_000, "99.9999"),
        ] as [(Int64, Int64, String)])
    func percentageIsCut(part: Int64, whole: Int64, text: String) throws {
        let ratio = try #require(Ratio(part, of: whole))
        #expect(ratio.percentText == text)
    }

    @Test func nothingIsAShareOfNothing() {
        #expect(Ratio(0, of: 0) == nil)
    }

    /// Compared before it is cut: what prints as 98.9999 is under 99, and so is what would round to 99.
    @Test func comparedUnrounded() throws {
        let month: Int64 = 2_678_400_000
        let almost = try #require(Ratio(month / 100 * 99 - 1, of: month))
        let exactly = try #require(Ratio(month / 100 * 99, of: month))
        #expect(!almost.isAtLeast(ExactDecimal(99)))
        #expect(almost.percentText == "98.9999")
        #expect(exactly.isAtLeast(ExactDecimal(99)))
        let fine = try #require(ExactDecimal("99.000000001"))
        #expect(!exactly.isAtLeast(fine))
    }

    @Test(
        arguments: [
            ("90s", 90_000), ("1h30m", 5_400_000), ("250ms", 250), ("2d", 172_800_000), ("0s", 0),
            ("1d1h1m1s1ms", 90_061_001),
            ("36525d", 36_525 * 86_400_000),
        ] as [(String, Int64)])
    func durationReads(text: String, milliseconds: Int64) {
        #expect(DurationText.duration(text) == milliseconds)
    }

    @Test(arguments: [
        "", "90", "s", "1.5h", "-1s", "1h 30m", "30m1h", "1h1h", "1w", "1H", "1s1", "36525d1ms", "36526d",
        "999999999999999999d", "9999999999999999999s", "1µs",
    ])
    func durationRejects(text: String) {
        #expect(DurationText.duration(text) == nil)
    }

    @Test(
        arguments: [
            (0, "0 s"), (1, "0.001 s"), (1500, "1.500 s"), (60_000, "1 min"), (10_800_000, "3 h"), (86_400_000, "24 h"),
            (172_800_000, "48 h"), (259_200_000, "3 d"), (262_800_000, "3 d 1 h"), (86_399_999, "23 h 59 min 59.999 s"),
            (-10_800_000, "3 h"),
        ] as [(Int64, String)])
    func durationSpoken(milliseconds: Int64, text: String) {
        #expect(DurationText.spoken(milliseconds) == text)
    }

    @Test func secondsHaveThreeDecimals() {
        #expect(DurationText.seconds(0) == "0.000")
        #expect(DurationText.seconds(3_600_000) == "3600.000")
        #expect(DurationText.seconds(2_678_399_999) == "2678399.999")
        #expect(DurationText.seconds(7) == "0.007")
    }
}
