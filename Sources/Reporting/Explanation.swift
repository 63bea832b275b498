import SLA

/// A statement with every span of its committed time and why it counts as it does.
public struct Explanation: Sendable {
    /// A span, and what the evidence adds to it.
    public struct Line: Sendable {
        /// The span.
        public let span: ExplainedSpan
        /// What the probe said that began the outage, or could not tell; nil where nothing is recorded.
        public let evidence: String?

        /// A span with its evidence.
        public init(span: ExplainedSpan, evidence: String?) {
            self.span = span
            self.evidence = evidence
        }
    }

    let statement: Statement
    let lines: [Line]
    let agreement: Agreement

    /// The explanation of `statement` by `lines`, which are all its spans in order.
    public init(_ statement: Statement, lines: [Line], under agreement: Agreement) {
        self.statement = statement
        self.lines = lines
        self.agreement = agreement
    }

    private var zone: TimeZoneRules { agreement.calendar.zone }

    // MARK: - For people

    /// The figures, the spans, and what they add up to.
    public var text: String {
        head + "\n" + spanTable + "\n" + sums + list("Outages, before any exclusion:", statement.outages)
            + list("Transients, counted as up:", statement.transients) + refusals
    }

    private var head: String {
        """
        \(statement.service.id) of \(statement.service.customer), \(statement.month), \
        as of \(instant(statement.asOf)) (\(zone.name))
        availability \(ReportText.percent(statement.availability)), between \(ReportText.bounds(statement)); \
        objective \(statement.objective) %: \(ReportText.verdict(statement))

        """
    }

    private var spanTable: String {
        var table = TextTable([
            ("FROM", .left), ("TO", .left), ("SECONDS", .right), ("CLASS", .left), ("WHY", .left),
        ])
        for line in lines {
            let interval = line.span.interval
            table.add([
                instant(interval.start), instant(interval.end), DurationText.seconds(interval.length),
                Self.className(line.span.ground), why(line),
            ])
        }
        return table.text
    }

    private var sums: String {
        let partition = statement.partition
        return """
            up \(DurationText.seconds(partition.up.length)) s + down \(DurationText.seconds(partition.down.length)) s \
            + unmeasured \(DurationText.seconds(partition.unmeasured.length)) s \
            + excluded \(DurationText.seconds(partition.excludedLength)) s \
            = committed \(DurationText.seconds(partition.committed.length)) s

            """
    }

    private func list(_ title: String, _ intervals: [Interval]) -> String {
        if intervals.isEmpty { return "" }
        let lines = intervals.map {
            "  \(instant($0.start)) to \(instant($0.end)), \(DurationText.spoken($0.length))\n"
        }
        return "\n" + title + "\n" + lines.joined()
    }

    private var refusals: String {
        if statement.refused.isEmpty { return "" }
        let lines = statement.refused.map { refused in
            let exclusion = refused.exclusion
            return "  \(exclusion.id) (\(exclusion.category.rawValue), clause \(exclusion.category.clauses)), "
                + "\(instant(exclusion.interval.start)) to \(instant(exclusion.interval.end)): \(refused.refusal)\n"
        }
        return "\nNot admitted, and applied to nothing:\n" + lines.joined()
    }

    private static func className(_ ground: ExplainedSpan.Ground) -> String {
        switch ground {
        case .up: "up"
        case .down: "down"
        case .unmeasured: "unmeasured"
        case .excluded: "excluded"
        }
    }

    private func why(_ line: Line) -> String {
        switch line.span.ground {
        case .up: "answered as expected"
        case .down: "confirmed outage" + (line.evidence.map { ": \($0)" } ?? "")
        case .unmeasured(.unconfirmed): "failures too few to confirm" + (line.evidence.map { ": \($0)" } ?? "")
        case .unmeasured(.unknown): "the monitor could not tell" + (line.evidence.map { ": \($0)" } ?? "")
        case .unmeasured(.noSample): "no sample speaks for it"
        case .excluded(let category, let ids):
            "\(category.rawValue), clause \(category.clauses), by \(ids.joined(separator: ", "))"
        }
    }

    private func instant(_ instant: Instant) -> String { RFC3339.text(instant, in: zone) }

    // MARK: - For programs

    /// The row of the report, and the spans it adds up from.
    public var json: String {
        JSONValue.object([
            "statement": .object(ReportRow(statement, under: agreement).members),
            "spans": .list(lines.map(span)),
            "outages": .list(statement.outages.map { ReportJSON.interval($0, in: zone) }),
            "transients": .list(statement.transients.map { ReportJSON.interval($0, in: zone) }),
            "exclusions_not_admitted": .list(
                statement.refused.map { refused in
                    .object([
                        "id": .text(refused.exclusion.id), "reason": .text(refused.refusal.description),
                        "category": .text(refused.exclusion.category.rawValue),
                    ])
                }),
        ]).document
    }

    private func span(_ line: Line) -> JSONValue {
        guard case .object(var members) = ReportJSON.interval(line.span.interval, in: zone) else { return .null }
        members["class"] = .text(Self.className(line.span.ground))
        members["why"] = .text(why(line))
        members["evidence"] = JSONValue(line.evidence)
        switch line.span.ground {
        case .excluded(let category, let ids):
            members["category"] = .text(category.rawValue)
            members["clause"] = .text(category.clauses)
            members["exclusions"] = .list(ids.map(JSONValue.text))
        case .unmeasured(let gap):
            members["gap"] = .text(gap.rawValue)
        case .up, .down:
            break
        }
        return .object(members)
    }
}
