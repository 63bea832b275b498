import SLA
import Wording

/// What `availd exclusion suggest` shows.
public struct SuggestionDocument: Document {
    private let suggestions: [Suggestion]
    private let zone: TimeZoneRules

    /// The document of `suggestions`.
    public init(_ suggestions: [Suggestion], under agreement: Agreement) {
        self.suggestions = suggestions
        zone = agreement.calendar.zone
    }

    /// For people: each with its reasons, and the command that a person would run.
    public var text: String {
        if suggestions.isEmpty { return "Nothing is suggested.\n" }
        return suggestions.map { suggestion in
            var lines = [
                "\(suggestion.service): \(suggestion.category.rawValue), clause \(suggestion.category.clauses)",
                "  outage \(RFC3339.text(suggestion.outage.start, in: zone)) to "
                    + RFC3339.text(suggestion.outage.end, in: zone),
            ]
            lines += suggestion.reasons.map { "  - \($0.english.onOneLine)" }
            lines.append("  would take away \(DurationText.seconds(suggestion.down)) s of down")
            lines.append("  \(command(suggestion))")
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    /// The same for programs.
    public var json: JSONObject {
        let objects = suggestions.map { suggestion in
            JSONValue.object([
                "service": .text(suggestion.service), "category": .text(suggestion.category.rawValue),
                "clause": .text(suggestion.category.clauses),
                "from": .instant(suggestion.outage.start, zone),
                "to": .instant(suggestion.outage.end, zone),
                "reasons": .list(suggestion.reasons.map { .text($0.english) }),
                "down_s": .number(DurationText.seconds(suggestion.down)),
                "command": .text(command(suggestion)),
            ])
        }
        return JSONObject("suggestions", ["suggestions": .list(objects)])
    }

    /// The same for spreadsheets; reasons are separated by semicolons.
    public var csv: String {
        CSVWriter.table(
            ["service", "category", "clause", "from", "to", "down_s", "reasons", "command"],
            suggestions.map { suggestion in
                [
                    suggestion.service, suggestion.category.rawValue, suggestion.category.clauses,
                    RFC3339.text(suggestion.outage.start, in: zone), RFC3339.text(suggestion.outage.end, in: zone),
                    DurationText.seconds(suggestion.down), suggestion.reasons.map(\.english).joined(separator: "; "),
                    command(suggestion),
                ]
            })
    }

    /// The command that records it, to be run as it is or with better evidence.
    private func command(_ suggestion: Suggestion) -> String {
        let outage = "\(suggestion.service)@\(RFC3339.text(suggestion.outage.start, in: zone))"
        return "availd exclusion add --category \(suggestion.category.rawValue) --outage \(quoted(outage)) "
            + "--evidence \(quoted("measured: " + (suggestion.reasons.first?.english ?? "")))"
    }

    /// `text` as one word of a shell. Control characters, which a cause may quote from a server, are left out.
    private func quoted(_ text: String) -> String {
        let visible = String(text.unicodeScalars.filter { $0.properties.generalCategory != .control })
        return "'" + visible.replacing("'", with: "'\\''") + "'"
    }
}
