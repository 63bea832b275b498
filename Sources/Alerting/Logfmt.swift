import SLA
import Wording

/// Alerts as one line of `key=value` pairs, `event=NAME` first and its number last.
public enum Logfmt {
    /// The line of `alert`: values in quotes where they hold anything but letters, digits and `-._:/+,%@`,
    /// with quotes, backslashes and control characters escaped, so that it is one line whatever it holds. Instants are
    /// in `zone`. `number` tells it from every other alert: a line that is written again has the same.
    public static func line(_ alert: Alert, number: Int64, in zone: TimeZoneRules) -> String {
        let fields = alert.fields.map { "\($0.key)=\(value($0.value.english(in: zone)))" }
        return (["event=" + alert.event.rawValue] + fields + ["n=\(number)"]).joined(separator: " ")
    }

    private static func value(_ text: String) -> String {
        let needsNoQuotes = !text.isEmpty && text.unicodeScalars.allSatisfy(isPlain)
        if needsNoQuotes { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default:
                // C0, DEL, C1 and the line separators that a reader of logs may break a line at.
                if scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar.value == 0x2028
                    || scalar.value == 0x2029
                {
                    let digits = String(scalar.value, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: "-._:/+,%@".unicodeScalars.contains(scalar)
        }
    }
}
