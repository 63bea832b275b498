/// Durations as the configuration writes them and as messages say them.
public enum DurationText {
    private static let units: [(suffix: String, milliseconds: Milliseconds)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// The longest duration that is read: 100 years.
    public static let longest: Milliseconds = 36_525 * 86_400_000

    /// The duration written `90s`, `1h30m` or `250ms`: whole numbers, each with its unit, largest first;
    /// nil for anything else, for a unit named twice, and past ``longest``.
    public static func duration(_ text: some StringProtocol) -> Milliseconds? {
        var total: Milliseconds = 0
        var smallest = Milliseconds.max
        var rest = Array(text.utf8)[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let number = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            let suffix = rest.dropFirst(number.count).prefix { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }
            let spelled = String(decoding: suffix, as: UTF8.self)
            guard let count = Digits.number(number), let unit = units.first(where: { $0.suffix == spelled }),
                unit.milliseconds < smallest
            else { return nil }
            let (product, overflow) = Int64(count).multipliedReportingOverflow(by: unit.milliseconds)
            guard !overflow, product <= longest - total else { return nil }
            total += product
            smallest = unit.milliseconds
            rest = rest.dropFirst(number.count + suffix.count)
        }
        return total
    }

    /// As ``duration(_:)`` reads it: `1h30m`, `0s`; `duration` is not negative.
    public static func written(_ duration: Milliseconds) -> String {
        var (text, rest) = ("", duration)
        for unit in units.reversed() where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.suffix)"
            rest %= unit.milliseconds
        }
        return text.isEmpty ? "0s" : text
    }

    /// As a person says it, exact to the millisecond: `3 h`, `23 h 59 min 59.999 s`, `0 s`; `duration` is
    /// taken without its sign.
    public static func spoken(_ duration: Milliseconds) -> String {
        let duration = abs(duration)
        var parts: [String] = []
        let (days, hours, minutes) = (duration / 86_400_000, duration / 3_600_000 % 24, duration / 60_000 % 60)
        // A contract speaks of 24 h and 48 h, not of days, so days begin at three.
        if days > 2 {
            parts.append("\(days) d")
            if hours > 0 { parts.append("\(hours) h") }
        } else if duration >= 3_600_000 {
            parts.append("\(duration / 3_600_000) h")
        }
        if minutes > 0 { parts.append("\(minutes) min") }
        let rest = duration % 60_000
        if rest > 0 || parts.isEmpty {
            let fraction = rest % 1000 == 0 ? "" : "." + Digits.padded(rest % 1000, 3)
            parts.append("\(rest / 1000)\(fraction) s")
        }
        return parts.joined(separator: " ")
    }

    /// In seconds with three decimals, as the reports print it: `3600.000`; `duration` is not negative.
    public static func seconds(_ duration: Milliseconds) -> String {
        "\(duration / 1000).\(Digits.padded(duration % 1000, 3))"
    }

    /// In seconds with three decimals, with a sign where it is negative: `-2022.000`.
    public static func signedSeconds(_ duration: Milliseconds) -> String {
        (duration < 0 ? "-" : "") + seconds(abs(duration))
    }
}
