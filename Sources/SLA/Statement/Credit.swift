/// What a missed commitment is worth to the customer (clause 7; semantics §9).
public struct Credit: Hashable, Sendable {
    /// How it was found.
    public enum Basis: Hashable, Sendable {
        /// By the tier that gives this share of the month's price, in percent.
        case tier(percent: ExactDecimal)
        /// By agreement with the customer: the contract has no tiers, and the amount is the cap.
        case negotiate
    }

    /// How it was found.
    public let basis: Basis
    /// The amount in the agreement's currency, rounded half up once; nil where no price is recorded.
    public let amount: String?

    /// What is due for `availability`, or nil where nothing is.
    init?(availability: Ratio, verdict: Verdict, price: ExactDecimal?, under rule: Compensation) {
        let digits = Currency.minorDigits(of: rule.currency)
        let cap = price.map { Money.exactly($0, times: Int128(rule.capMonths) * 100) }
        guard !rule.tiers.isEmpty else {
            guard verdict == .breached else { return nil }
            basis = .negotiate
            amount = cap?.text(minorDigits: digits)
            return
        }
        guard let tier = rule.tiers.filter({ !availability.isAtLeast($0.below) }).min(by: { $0.below < $1.below })
        else { return nil }
        basis = .tier(percent: tier.percent)
        let due = price.map { Money.exactly($0, percent: tier.percent) }
        amount = due.map { due in (cap.map { min(due, $0) } ?? due).text(minorDigits: digits) }
    }
}

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

    static func < (a: Money, b: Money) -> Bool { a.units < b.units }

    /// Rounded half up to `minorDigits` decimals.
    func text(minorDigits: Int) -> String {
        let step = Self.power(of10: Self.decimals - minorDigits)
        let rounded = (units + step / 2) / step
        guard minorDigits > 0 else { return "\(rounded)" }
        let one = Self.power(of10: minorDigits)
        return "\(rounded / one).\(Digits.padded(rounded % one, minorDigits))"
    }

    private static func power(of10 exponent: Int) -> Int128 {
        (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
    }
}

/// How many decimals amounts of a currency have (ISO 4217).
enum Currency {
    private static let withoutDecimals: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
        "XOF", "XPF",
    ]
    private static let withThree: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]

    static func minorDigits(of code: String?) -> Int {
        guard let code else { return 2 }
        return withoutDecimals.contains(code) ? 0 : withThree.contains(code) ? 3 : 2
    }
}
