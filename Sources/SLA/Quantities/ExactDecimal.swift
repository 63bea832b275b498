/// A decimal number as someone wrote it: exact, never a float.
public struct ExactDecimal: Hashable, Sendable, CustomStringConvertible {
    /// The digits without the point.
    public let mantissa: Int64
    /// How many of them stand behind the point, 0 to 9.
    public let scale: Int
    /// As it was written.
    public let description: String

    /// The number written `99`, `99.95` or `-1`, at most 18 digits and 9 of them behind the point; nil for
    /// anything else, an exponent included.
    public init?(_ text: some StringProtocol) {
        let isNegative = text.hasPrefix("-")
        let parts = text.utf8.dropFirst(isNegative ? 1 : 0).split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, Digits.number(whole) != nil else { return nil }
        let fraction = parts.count == 2 ? Array(parts[1]) : []
        guard parts.count == 1 || (1...9).contains(fraction.count),
            let digits = Digits.number(Array(whole) + fraction)
        else { return nil }
        mantissa = isNegative ? -Int64(digits) : Int64(digits)
        scale = fraction.count
        description = String(text)
    }

    /// The whole number `value`.
    public init(_ value: Int64) {
        mantissa = value
        scale = 0
        description = String(value)
    }

    /// 10 to the power of ``scale``.
    public var denominator: Int64 {
        (0..<scale).reduce(1) { power, _ in power * 10 }
    }

    /// Equal where the numbers are, however they are written.
    public static func == (a: ExactDecimal, b: ExactDecimal) -> Bool {
        Int128(a.mantissa) * Int128(b.denominator) == Int128(b.mantissa) * Int128(a.denominator)
    }

    /// Hashes the number, not its spelling.
    public func hash(into hasher: inout Hasher) {
        var (mantissa, scale) = (mantissa, scale)
        while scale > 0, mantissa % 10 == 0 { (mantissa, scale) = (mantissa / 10, scale - 1) }
        hasher.combine(mantissa)
        hasher.combine(scale)
    }
}

extension ExactDecimal: Comparable {
    /// Compares the numbers, not their spelling.
    public static func < (a: ExactDecimal, b: ExactDecimal) -> Bool {
        Int128(a.mantissa) * Int128(b.denominator) < Int128(b.mantissa) * Int128(a.denominator)
    }
}
