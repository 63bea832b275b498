/// What a service may cost a month.
public enum Price {
    /// What a message says is expected.
    public static let expected = "a decimal number, 0 or more and under 10^15"

    /// Whether `amount` can be a price: six months of it, to nine decimals, stay exact.
    public static func isValid(_ amount: ExactDecimal) -> Bool {
        amount >= ExactDecimal(0) && amount < ExactDecimal(1_000_000_000_000_000)
    }
}
