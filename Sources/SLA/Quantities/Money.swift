/// An amount of money before it is rounded: hundredths of 10^−18 of the unit, so that a price times a
/// percentage, each of up to 9 decimals, is exact.
struct Money: Comparable {
    private let units: Int128

    private static let decimals = 20

    /// `price × percent / 100`.
    static func exactly(_ price: ExactDecimal, percent: ExactDecimal) -> Money {
        let product = Int128(price.mantissa) * Int128(percent.mantissa)
        return Money(units: product * power(of10: decimals - 2 - price.scale - percent.scale))
    }

    /// `price × hundredths / 100`.
    static func exactly(_ price: ExactDecimal, times hundredths: Int128) -> Money {
        Money(units: Int128(price.mantissa) * hundredths * power(of10: decimals - 2 - price.scale))
    }

    /// `amount` itself.
    static func exactly(_ amount: ExactDecimal) -> Money {
        Money(units: Int128(amount.mantissa) * power(of10: decimals - amount.scale))
    }

    static func < (a: Money, b: Money) -> Bool { a.units < b.units }

    /// Rounded half up to `minorDigits` decimals.
    func amount(minorDigits: Int) -> Amount {
        let step = Self.power(of10: Self.decimals - minorDigits)
        return Amount(minorUnits: (units + step / 2) / step, minorDigits: minorDigits)
    }

    private static func power(of10 exponent: Int) -> Int128 {
        (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
    }
}
