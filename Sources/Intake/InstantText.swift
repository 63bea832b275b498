import SLA

/// Instants as files and command lines write them.
public enum InstantText {
    /// What a message says is expected.
    public static let expected =
        "RFC 3339 with an offset, as 2026-10-01T07:00:00.250+07:00, or milliseconds since the epoch"

    /// The years 1 to 9999: what RFC 3339 can write.
    private static let range: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    /// The instant that `bytes` name, or nil.
    public static func instant(_ bytes: UnsafeRawBufferPointer) -> Instant? {
        var value: Int64 = 0
        var index = 0
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        guard index < bytes.count else { return nil }
        while index < bytes.count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10, index < 17 else { return RFC3339.instant(bytes: bytes) }
            value = value * 10 + Int64(digit)
            index += 1
        }
        if isNegative { value = -value }
        return range.contains(value) ? Instant(milliseconds: value) : nil
    }

    /// The instant that `text` names, or nil.
    public static func instant(_ text: String) -> Instant? {
        var text = text
        return text.withUTF8 { instant(UnsafeRawBufferPointer($0)) }
    }
}
