import SLA

/// Latencies as files write them.
enum Microseconds {
    /// The microseconds in a decimal number of milliseconds, cut; nil where it is none, or negative, or longer than
    /// any probe.
    static func ofMilliseconds(_ text: String) -> Int64? {
        guard let value = ExactDecimal(text), value >= ExactDecimal(0), value < ExactDecimal(1_000_000_000_000) else {
            return nil
        }
        return Int64(Int128(value.mantissa) * 1000 / Int128(value.denominator))
    }
}
