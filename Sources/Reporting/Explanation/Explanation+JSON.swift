import SLA
import Wording

/// An explanation for programs.
extension Explanation: Document {
    /// The row of the report, and the spans it adds up from.
    public var json: JSONObject {
        JSONObject(
            "explanation",
            [
                "figures": .object(
                    ReportRow(figures, under: agreement).members.merging(MeasuredText.members(figures, in: zone)) {
                        own, _ in own
                    }),
                "spans": .list(lines.map(span)),
                "outages": .list(accounts.map(outage)),
                "transients": .list(figures.transients.map { ReportJSON.interval($0, in: zone) }),
                "exclusions_not_admitted": .list(figures.refused.map(refused)),
                "exclusions_not_excusing": UnexcusedReport.json(figures, in: zone),
                "corrections": .list(
                    (figures.corrections + figures.refusedCorrections).map {
                        .object(CorrectionDocument.members($0, in: zone))
                    }),
                "without_own_corrections": CorrectionReport.json(figures.uncorrected),
                "windows": WindowReport.json(windows, in: zone),
            ])
    }

    /// A span as an object.
    func span(_ line: Line) -> JSONValue {
        var members = interval(line.span.interval)
        members["class"] = .text(Self.className(line.span.reason))
        members["why"] = .text(why(line))
        members["evidence"] = JSONValue(line.evidence)
        members["clause"] = JSONValue(Self.clauses(line.span.reason))
        members["samples"] = .list(
            line.ends.map { ends in
                .object([
                    "check": .text(ends.check), "counts": .flag(ends.counts), "first": sample(ends.first),
                    "next": sample(ends.next),
                ])
            })
        switch line.span.reason {
        case .excluded(let category, let ids):
            members["category"] = .text(category.rawValue)
            members["exclusions"] = .list(ids.map(JSONValue.text))
        case .unmeasured(let gap):
            members["gap"] = .text(gap.rawValue)
        case .up, .down:
            break
        }
        return .object(members)
    }

    private func sample(_ observation: Observation?) -> JSONValue {
        guard let observation else { return .null }
        return .object([
            "at": .instant(observation.sample.at, zone), "state": .text(observation.sample.state.name),
            "cause": JSONValue(observation.cause?.english),
        ])
    }

    private func interval(_ interval: Interval) -> [String: JSONValue] {
        guard case .object(let members) = ReportJSON.interval(interval, in: zone) else { return [:] }
        return members
    }

    /// An outage with what became of it.
    func outage(_ account: OutageAccount) -> JSONValue {
        var members = interval(account.outage)
        members["counted_s"] = .number(DurationText.seconds(account.counted))
        members["excluded_intervals"] = .list(
            account.excluded.map { part in
                var members = interval(part.interval)
                members["category"] = .text(part.category.rawValue)
                members["clause"] = .text(part.category.clauses)
                members["exclusions"] = .list(part.exclusions.map(JSONValue.text))
                return .object(members)
            })
        return .object(members)
    }

    /// An exclusion that is applied to nothing, with what it would have taken away.
    func refused(_ refused: RefusedExclusion) -> JSONValue {
        let forgone = figures.forgone(by: refused)
        var members = refused.members
        members["forgone_down_s"] = .number(DurationText.seconds(forgone.down))
        members["forgone_up_s"] = .number(DurationText.seconds(forgone.up))
        members["forgone_unmeasured_s"] = .number(DurationText.seconds(forgone.unmeasured))
        return .object(members)
    }

    // MARK: - For spreadsheets

    /// A row for each span.
    public var csv: String {
        CSVWriter.table(Self.columns, lines.map(row))
    }

    static let columns = [
        "from", "to", "length_s", "class", "category", "clause", "exclusions", "gap", "why", "evidence",
    ]

    /// The row of a span.
    func row(_ line: Line) -> [String] {
        let (reason, interval) = (line.span.reason, line.span.interval)
        var (category, exclusions, gap) = ("", "", "")
        switch reason {
        case .excluded(let of, let ids): (category, exclusions) = (of.rawValue, ids.joined(separator: " "))
        case .unmeasured(let of): gap = of.rawValue
        case .up, .down: break
        }
        return [
            text(interval.start), text(interval.end), DurationText.seconds(interval.length), Self.className(reason),
            category, Self.clauses(reason) ?? "", exclusions, gap, why(line), line.evidence ?? "",
        ]
    }
}
