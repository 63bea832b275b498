import SLA

/// What `availd exclusion suggest` shows.
public enum SuggestionDocument {
    /// For people: each with its reasons, and the command that a person would run.
    public static func text(_ suggestions: [Suggestion], under agreement: Agreement) -> String {
        if suggestions.isEmpty { return "Nothing is suggested.\n" }
        let zone = agreement.calendar.zone
        return suggestions.map { suggestion in
            var lines = [
                "\(suggestion.service): \(suggestion.category.rawValue), clause \(suggestion.category.clauses)",
                "  outage \(RFC3339.text(suggestion.outage.start, in: zone)) to "
                    + RFC3339.text(suggestion.outage.end, in: zone),
            ]
            lines += suggestion.reasons.map { "  - \($0)" }
            lines.append("  would take away \(DurationText.seconds(suggestion.down)) s of down")
            lines.append("  \(command(suggestion, zone: zone))")
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    /// The same for programs.
    public static func json(_ suggestions: [Suggestion], under agreement: Agreement) -> String {
        let zone = agreement.calendar.zone
        return JSONValue.list(
            suggestions.map { suggestion in
                .object([
                    "service": .text(suggestion.service), "category": .text(suggestion.category.rawValue),
                    "clause": .text(suggestion.category.clauses),
                    "from": .text(RFC3339.text(suggestion.outage.start, in: zone)),
                    "to": .text(RFC3339.text(suggestion.outage.end, in: zone)),
                    "reasons": .list(suggestion.reasons.map(JSONValue.text)),
                    "down_s": .number(DurationText.seconds(suggestion.down)),
                    "command": .text(command(suggestion, zone: zone)),
                ])
            }
        ).document
    }

    /// The command that records it, to be run as it is or with better evidence.
    private static func command(_ suggestion: Suggestion, zone: TimeZoneRules) -> String {
        let outage = "\(suggestion.service)@\(RFC3339.text(suggestion.outage.start, in: zone))"
        return "availd exclusion add --category \(suggestion.category.rawValue) --outage \(quoted(outage)) "
            + "--evidence \(quoted("measured: " + (suggestion.reasons.first ?? "")))"
    }

    /// `text` as one word of a shell. Control characters, which a cause may quote from a server, are left out.
    private static func quoted(_ text: String) -> String {
        let visible = String(text.unicodeScalars.filter { $0.properties.generalCategory != .control })
        return "'" + visible.replacing("'", with: "'\\''") + "'"
    }
}
