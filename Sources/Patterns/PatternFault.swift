/// Why a text is no pattern of ours, and where.
public struct PatternFault: Error, Hashable, Sendable {
    /// What is wrong, in words, as "missing closing parenthesis".
    public let reason: String
    /// How many characters of the pattern come before the place at which it was seen.
    public let offset: Int

    /// Seen when `byte` bytes of `pattern` had been read.
    init(_ reason: String, in pattern: [UInt8], at byte: Int) {
        self.reason = reason
        offset = String(decoding: pattern[..<min(byte, pattern.count)], as: UTF8.self).count
    }
}
