/// An amount of money that can be paid: whole minor units of one currency, not negative.
public struct Amount: Hashable, Comparable, Sendable {
    /// The amount in the currency's smallest unit.
    let minorUnits: Int128
    /// How many decimals the currency has.
    let minorDigits: Int

    /// Nothing, in the currency by ISO 4217 that `code` names; two decimals where it names none.
    public static func zero(in code: String?) -> Amount {
        Amount(minorUnits: 0, minorDigits: Currency.minorDigits(of: code))
    }

    /// With as many decimals as the currency has, ungrouped, as programs read it: `20000` or `0.05`.
    public var text: String {
        guard minorDigits > 0 else { return "\(minorUnits)" }
        let one = (0..<minorDigits).reduce(Int128(1)) { power, _ in power * 10 }
        return "\(minorUnits / one).\(Digits.padded(minorUnits % one, minorDigits))"
    }

    /// Both together; they are of one currency.
    public static func + (a: Amount, b: Amount) -> Amount {
        Amount(minorUnits: a.minorUnits + b.minorUnits, minorDigits: a.minorDigits)
    }

    /// What is left of it without `other`, of the same currency; nothing where that is more.
    func less(_ other: Amount) -> Amount {
        Amount(minorUnits: max(0, minorUnits - other.minorUnits), minorDigits: minorDigits)
    }

    /// Whether `a` is less than `b`, of the same currency.
    public static func < (a: Amount, b: Amount) -> Bool { a.minorUnits < b.minorUnits }
}
