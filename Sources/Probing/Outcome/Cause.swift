import Addresses
import SLA

/// The words in which a probe says why a service is not up: one line each, as a person at night reads it.
enum Cause {
    static let stopping = "monitor stopping"

    /// `text` on one line of at most `limit` characters, without anything that would steer a terminal or a log.
    static func clip(_ text: String, to limit: Int = 300) -> String {
        var result = ""
        var length = 0
        for scalar in text.unicodeScalars {
            let shown = scalar.shown
            guard length + shown.unicodeScalars.count <= limit - 1 else { return result + "…" }
            result += shown
            length += shown.unicodeScalars.count
        }
        return result
    }

    /// `text` in quotes, cut where it is long.
    static func quoted(_ text: String) -> String {
        "\"" + text.prefix(60) + (text.count > 60 ? "…" : "") + "\""
    }

    static func standstill(_ length: Milliseconds) -> String {
        "the monitor stood still for \(DurationText.spoken(length)) while it probed"
    }

    static func late(_ length: Milliseconds) -> String {
        "the monitor was \(DurationText.spoken(length)) late to hear the answer"
    }

    static func refusedAddress(_ address: IPAddress) -> String {
        "address \(address) is not allowed by probing.allow_addresses"
    }

    static func refusedRedirect(_ address: IPAddress) -> String {
        "redirect to \(address), which probing.allow_addresses does not allow"
    }

    static func timeout(_ limit: Milliseconds, while phase: String) -> String {
        "timeout after \(DurationText.spoken(limit)) while \(phase)"
    }

    static func status(_ found: Int, expected: [ClosedRange<Int>]) -> String {
        let ranges = expected.map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
        }
        return "status \(found), expected \(ranges.joined(separator: ", "))"
    }

    /// `3 days`, `5 hours`, `1 minute`: whole units, cut; `duration` is not negative.
    static func about(_ duration: Milliseconds) -> String {
        let (count, unit) =
            if duration >= 2 * 86_400_000 {
                (duration / 86_400_000, "day")
            } else if duration >= 2 * 3_600_000 {
                (duration / 3_600_000, "hour")
            } else {
                (duration / 60_000, "minute")
            }
        return "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}
