import SLA

/// How services are measured, since when, as `availd rules list` shows it and `rules.csv` holds it (semantics §3.2).
public struct RulesDocument: Document {
    /// The changes, by service, then in the order in which they became known.
    private let changes: [RuleChange]
    private let asOf: Instant
    private let zone: TimeZoneRules

    /// The document of `changes`, as they were known at `asOf`.
    public init(_ changes: [RuleChange], asOf: Instant, in zone: TimeZoneRules) {
        self.changes = changes
        self.asOf = asOf
        self.zone = zone
    }

    private static let columns = [
        "service", "check", "known_at", "from", "by", "reason", "evidence", "customer", "groups", "interval", "timeout",
        "stale_after", "confirm", "mode", "counts", "vantages", "quorum", "target", "left",
    ]

    /// `rules.csv`, as `availd replay --rules` reads it.
    public var csv: String {
        CSVWriter.table(
            Self.columns,
            changes.map { change in
                let check = change.check
                return [
                    change.service, change.checkID, text(known(change) ?? asOf), change.from.map(text) ?? "", change.by,
                    change.reason, change.evidence, change.customer, change.groups.sorted().joined(separator: " "),
                    duration(check?.interval), duration(check?.timeout), duration(check?.staleAfter),
                    check.map { String($0.confirm) } ?? "", change.mode.rawValue,
                    check.map { $0.counts ? "true" : "false" } ?? "", check?.vantages.joined(separator: " ") ?? "",
                    check?.quorum.map(String.init) ?? "", check?.probe.asked ?? "",
                    check == nil ? "true" : "",
                ]
            })
    }

    /// A line a change.
    public var text: String {
        var table = TextTable([
            ("SERVICE", .left), ("CHECK", .left), ("SINCE", .left), ("KNOWN", .left), ("BY", .left), ("RULES", .left),
        ])
        var seen: Set<String> = []
        for change in changes {
            let isFirst = change.from == nil && seen.insert(change.service).inserted
            table.add([
                change.service, change.checkID,
                isFirst || isOfFirst(change) ? "the beginning" : text(change.effectiveAt),
                known(change).map(text) ?? "in the configuration, not recorded yet", change.by,
                words(change),
            ])
        }
        return table.text
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "rules",
            [
                "as_of": .instant(asOf, zone),
                "changes": .list(
                    changes.map { change in
                        .object([
                            "service": .text(change.service), "check": .text(change.checkID),
                            "known_at": .instant(known(change), zone), "from": .instant(change.from, zone),
                            "from_the_beginning": .flag(change.from == nil && isOfFirst(change)),
                            "by": JSONValue(change.by.isEmpty ? nil : change.by),
                            "reason": JSONValue(change.reason.isEmpty ? nil : change.reason),
                            "evidence": JSONValue(change.evidence.isEmpty ? nil : change.evidence),
                            "customer": .text(change.customer),
                            "groups": .list(change.groups.sorted().map(JSONValue.text)),
                            "interval_s": JSONValue(number: change.check.map { DurationText.seconds($0.interval) }),
                            "timeout_s": JSONValue(number: change.check.map { DurationText.seconds($0.timeout) }),
                            "stale_after_s": JSONValue(
                                number: change.check.map { DurationText.seconds($0.staleAfter) }),
                            "confirm": JSONValue(number: change.check.map { String($0.confirm) }),
                            "mode": .text(change.mode.rawValue), "counts": .flag(change.check?.counts ?? false),
                            "target": JSONValue(
                                change.check.flatMap { $0.probe.asked.isEmpty ? nil : $0.probe.asked }),
                            "left": .flag(change.check == nil),
                        ])
                    }),
            ])
    }

    /// Whether it is among what became known first of its service, and so counts for all time before.
    private func isOfFirst(_ change: RuleChange) -> Bool {
        change.knownAt == changes.first { $0.service == change.service && $0.from == nil }?.knownAt
    }

    /// When it became known; nil of what is in the configuration and nobody has recorded yet.
    private func known(_ change: RuleChange) -> Instant? { change.by.isEmpty ? nil : change.knownAt }

    private func words(_ change: RuleChange) -> String {
        guard let check = change.check else { return "left the service" + why(change) }
        var words = [
            "every \(DurationText.spoken(check.interval))", "timeout \(DurationText.spoken(check.timeout))",
            "stale after \(DurationText.spoken(check.staleAfter))", "confirm \(check.confirm)",
            "mode \(change.mode.rawValue)",
        ]
        if !check.vantages.isEmpty {
            words.append("from \(check.vantages.joined(separator: " ")), down from \(check.downFrom)")
        }
        if !check.counts { words.append("counts in no figure") }
        if !check.probe.asked.isEmpty { words.append(check.probe.asked) }
        return words.joined(separator: ", ") + why(change)
    }

    private func why(_ change: RuleChange) -> String {
        change.from == nil ? "" : " (corrected: \(change.reason); \(change.evidence))"
    }

    private func duration(_ value: Milliseconds?) -> String { value.map(DurationText.written) ?? "" }

    private func text(_ instant: Instant) -> String { RFC3339.text(instant, in: zone) }
}
