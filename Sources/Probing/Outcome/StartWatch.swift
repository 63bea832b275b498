/// Watches for a match that ICU may have given up without a word.
///
/// Swift's ICU leaves a match that began at one place of the text after 148,108,655 operations, and goes on as if
/// there were none. It reports progress after each start in vain, and after each 10,000 saved states of one, and
/// does not say which it was. But states cannot be saved at 1 ns each: reports between which less than 10,000 ns pass,
/// however many, are of starts that are over. And that many operations cannot be done in 0.1 s: what lies between two
/// such looks and took less was not given up.
struct StartWatch {
    private var lastReport: UInt64?
    // What had been computed when a start was over for certain, in ns.
    private var certain: UInt64
    private var longest: UInt64 = 0

    /// A watch over a search that begins when `used` ns have been computed.
    init(used: UInt64) {
        certain = used
    }

    /// ICU has reported progress since the look before; it is `passed` now, and `used` have been computed, both in ns.
    mutating func report(passed: UInt64, used: UInt64) {
        if let lastReport, passed - lastReport < 10_000 { certain = used }
        lastReport = passed
        end(used: used)
    }

    /// The search ends when `used` have been computed.
    mutating func end(used: UInt64) {
        longest = max(longest, used - certain)
    }

    /// Whether one start took so long that it may have been given up.
    var mayHaveGivenUp: Bool { longest >= 100_000_000 }
}
