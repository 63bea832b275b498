/// What of an answer is not as the check expects it.
public enum Mismatch: Codable, Hashable, Sendable {
    /// The status of HTTP.
    case status(Int, expected: [ClosedRange<Int>])
    /// The header is missing.
    case headerMissing(String)
    /// The header's first value does not match the pattern.
    case header(String, value: Excerpt, pattern: Excerpt)
    /// The body does not contain the text.
    case bodyLacks(Excerpt)
    /// The body contains the text.
    case bodyContains(Excerpt)
    /// The body does not match the pattern.
    case bodyMismatch(pattern: Excerpt)
    /// It took so long, in ms; `most` is the limit.
    case latency(Milliseconds, most: Milliseconds)
}
