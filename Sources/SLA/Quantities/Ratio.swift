/// A share of time, exact: never a float, never rounded before it is compared (semantics §6).
public struct Ratio: Hashable, Sendable {
    /// The part, in ms, 0 to ``denominator``.
    public let numerator: Milliseconds
    /// The whole, in ms, more than 0.
    public let denominator: Milliseconds

    /// `numerator / denominator`, or nil where there is no whole.
    public init?(_ numerator: Milliseconds, of denominator: Milliseconds) {
        guard denominator > 0 else { return nil }
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Whether it is at least `percent` percent: compared as integers.
    public func isAtLeast(_ percent: ExactDecimal) -> Bool {
        Int128(numerator) * 100 * Int128(percent.denominator) >= Int128(percent.mantissa) * Int128(denominator)
    }

    /// In percent with four decimals, cut: 98.99999 % is `98.9999`.
    public var percentText: String {
        let units = Int128(numerator) * 1_000_000 / Int128(denominator)
        return "\(units / 10_000).\(Digits.padded(units % 10_000, 4))"
    }
}
