/// Money before it is rounded: a price, or a sum of prices, each over its part of a month; exact.
struct Money: Hashable, Sendable {
    /// What all of it comes to, in 10^−9 of the currency's unit, times ``whole``.
    private var units: UInt128
    /// How many parts a whole price is divided into: the month's length in ms, or 1.
    private let whole: Milliseconds

    /// `amount` itself, 0 or more.
    init(_ amount: ExactDecimal) {
        units = Self.units(of: amount)
        whole = 1
    }

    /// Nothing yet of a month of `length` ms, more than 0.
    init(ofMonth length: Milliseconds) {
        units = 0
        whole = length
    }

    /// Adds a month's `price` for `length` ms of the month.
    mutating func add(_ price: ExactDecimal, for length: Milliseconds) {
        units += Self.units(of: price) * UInt128(length)
    }

    /// `percent` percent of it, rounded half up to `minorDigits` decimals.
    func amount(percent: ExactDecimal = ExactDecimal(100), minorDigits: Int) -> Amount {
        // (2 × units × percent + half) ÷ 2 half: the product of an amount below 10^18 and a percentage of 18 digits
        // takes more than 128 bits, and the quotient does not.
        let half = UInt128(whole) * Self.power(of10: Self.decimals + 2 + percent.scale - minorDigits)
        let product = units.multipliedFullWidth(by: 2 * UInt128(percent.mantissa.magnitude))
        let (low, carries) = product.low.addingReportingOverflow(half)
        let quotient = (2 * half).dividingFullWidth((product.high + (carries ? 1 : 0), low)).quotient
        return Amount(minorUnits: Int128(quotient), minorDigits: minorDigits)
    }

    private static let decimals = 9

    private static func units(of amount: ExactDecimal) -> UInt128 {
        UInt128(amount.mantissa.magnitude) * power(of10: decimals - amount.scale)
    }

    private static func power(of10 exponent: Int) -> UInt128 {
        (0..<exponent).reduce(UInt128(1)) { power, _ in power * 10 }
    }
}
