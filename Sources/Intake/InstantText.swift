import SLA

/// Instants as files write them.
public enum InstantText {
    /// What a message says is expected.
    public static let expected =
        "RFC 3339 with an offset, as 2026-10-01T07:00:00.250+07:00, or milliseconds since the epoch"

    /// The beginning of the year 2000. Nothing was measured before, and a number that leads there counts seconds.
    public static let earliest = Instant(milliseconds: 946_684_800_000)

    /// The milliseconds of the years 2000 to 9999.
    private static let range: ClosedRange<Int64> = earliest.milliseconds...253_402_300_799_999

    /// What a message about `text`, which is no instant, ends with: a guess at what it is; or nothing.
    public static func hint(on text: String) -> String {
        guard let number = Int64(text), !range.contains(number) else { return "" }
        return range.contains(number.multipliedReportingOverflow(by: 1000).partialValue) ? "; seconds?" : ""
    }

    /// What is wrong with `text`, which is no instant.
    public static func mistake(_ text: String) -> String {
        "found \(Diagnostic.quoted(text)), expected \(expected)\(hint(on: text))"
    }

    /// The instant that `bytes` name, or nil.
    public static func instant(_ bytes: UnsafeRawBufferPointer) -> Instant? {
        var value: Int64 = 0
        var index = 0
        guard !bytes.isEmpty else { return nil }
        while index < bytes.count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10, index < 17 else { return RFC3339.instant(bytes: bytes) }
            value = value * 10 + Int64(digit)
            index += 1
        }
        return range.contains(value) ? Instant(milliseconds: value) : nil
    }

    /// The instant that `text` names, or nil.
    public static func instant(_ text: String) -> Instant? {
        var text = text
        return text.withUTF8 { instant(UnsafeRawBufferPointer($0)) }
    }
}
