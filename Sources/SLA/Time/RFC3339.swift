/// Instants as people and files write them: RFC 3339 with an offset, to the millisecond.
public enum RFC3339 {
    /// The instant that `text` names, or nil where it is not RFC 3339 with an offset, or names a day or a time that does
    /// not exist. What is finer than a millisecond is cut; a leap second is the last millisecond before it.
    public static func instant(_ text: some StringProtocol) -> Instant? {
        var text = String(text)
        return text.withUTF8 { instant(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// The same, of the bytes of a file.
    public static func instant(bytes: UnsafeRawBufferPointer) -> Instant? {
        // 2026-10-01T07:00:00.250+07:00
        // 0    5  8  11 14 17 19
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = Digits.number(bytes[0..<4]), let month = Digits.number(bytes[5..<7]),
            let day = Digits.number(bytes[8..<10]), let hour = Digits.number(bytes[11..<13]),
            let minute = Digits.number(bytes[14..<16]), let second = Digits.number(bytes[17..<19]),
            let date = CivilDate(year: year, month: month, day: day),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        var next = 19
        guard let fraction = fraction(bytes, &next), let offset = offset(bytes[next...]) else { return nil }
        let seconds = ((Int64(date.daysSinceEpoch) * 24 + Int64(hour)) * 60 + Int64(minute)) * 60 + Int64(second)
        var milliseconds = seconds * 1000 + fraction - offset
        if second == 60 {
            // It comes at the end of a day of UTC alone.
            milliseconds = seconds * 1000 - offset
            guard milliseconds.isMultiple(of: 86_400_000) else { return nil }
            milliseconds -= 1
        }
        // An offset may lead out of the years that can be written back.
        return written.contains(milliseconds) ? Instant(milliseconds: milliseconds) : nil
    }

    /// The years 1 to 9999 of UTC, in ms.
    private static let written: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    /// The milliseconds behind the point at `next`, if there is one; moves `next` past them.
    private static func fraction(_ bytes: UnsafeRawBufferPointer, _ next: inout Int) -> Milliseconds? {
        guard bytes[next] == UInt8(ascii: ".") else { return 0 }
        next += 1
        let first = next
        var milliseconds: Int64 = 0
        while next < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[next]) {
            let digit = Int64(bytes[next] - UInt8(ascii: "0"))
            if next - first < 3 { milliseconds = milliseconds * 10 + digit }
            next += 1
        }
        guard next > first else { return nil }
        for _ in (next - first)..<max(3, next - first) { milliseconds *= 10 }
        return milliseconds
    }

    /// The offset `Z`, `+07:00` or `-03:30` in ms; it must be all that is left.
    private static func offset(_ bytes: Slice<UnsafeRawBufferPointer>) -> Milliseconds? {
        guard let sign = bytes.first else { return nil }
        if sign | 0x20 == UInt8(ascii: "z") { return bytes.count == 1 ? 0 : nil }
        let start = bytes.startIndex
        guard bytes.count == 6, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            bytes[start + 3] == UInt8(ascii: ":"),
            let hours = Digits.number(bytes[start + 1..<start + 3]),
            let minutes = Digits.number(bytes[start + 4..<start + 6]),
            hours < 24, minutes < 60
        else { return nil }
        let offset = Int64(hours * 60 + minutes) * 60_000
        return sign == UInt8(ascii: "-") ? -offset : offset
    }

    /// `instant` as clocks in `zone` show it, as `2026-10-01T07:00:00.250+07:00`; without the fraction where
    /// that is zero, and the other way round to ``instant(_:)`` exactly.
    ///
    /// An offset that is not whole minutes (local mean time, before 1900) is cut to the minute, and the time
    /// is shown at that offset.
    public static func text(_ instant: Instant, in zone: TimeZoneRules) -> String {
        let offset = zone.offset(at: instant) / 60_000 * 60_000
        let wall = instant.milliseconds + offset
        let days = wall.quotientRoundedDown(by: 86_400_000)
        let date = CivilDate(daysSinceEpoch: Int(days))
        let time = wall - days * 86_400_000
        var text = Digits.padded(date.year, 4) + "-" + Digits.padded(date.month, 2) + "-" + Digits.padded(date.day, 2)
        text += "T" + Digits.padded(time / 3_600_000, 2) + ":" + Digits.padded(time / 60_000 % 60, 2)
        text += ":" + Digits.padded(time / 1000 % 60, 2)
        if time % 1000 != 0 { text += "." + Digits.padded(time % 1000, 3) }
        if offset == 0, zone.name == "UTC" { return text + "Z" }
        let minutes = abs(offset) / 60_000
        return text + (offset < 0 ? "-" : "+") + Digits.padded(minutes / 60, 2) + ":" + Digits.padded(minutes % 60, 2)
    }
}
