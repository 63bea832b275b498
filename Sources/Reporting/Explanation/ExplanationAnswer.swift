import SLA

/// Why one instant counts as it does.
public struct ExplanationAnswer: Document {
    private let explanation: Explanation
    private let instant: Instant
    private let line: Explanation.Line?

    /// The answer that `explanation` gives about `instant`, which lies in its month and before its `asOf`.
    public init(_ explanation: Explanation, at instant: Instant) {
        self.explanation = explanation
        self.instant = instant
        line = explanation.lines.first { $0.span.interval.contains(instant) }
    }

    private var figures: MonthFigures { explanation.figures }
    private var outage: OutageAccount? { explanation.accounts.first { $0.outage.contains(instant) } }
    private var refused: [RefusedExclusion] {
        figures.refused.filter { $0.exclusion.interval.contains(instant) }
    }
    private var transient: Interval? { figures.transients.first { $0.contains(instant) } }

    /// A paragraph.
    public var text: String {
        guard let line else {
            return
                "At \(explanation.text(instant)), \(figures.service.id) is not committed: nobody has paid for that "
                + "instant (clause 2), so it counts nowhere.\n"
        }
        let interval = line.span.interval
        var sentences = [
            "At \(explanation.text(instant)), \(figures.service.id) counts as "
                + "\(Explanation.className(line.span.reason)): \(why(line)).",
            "The span is \(explanation.text(interval.start)) to \(explanation.text(interval.end)), "
                + "\(DurationText.spoken(interval.length)).",
        ]
        sentences += line.ends.map(Self.sentence(explanation))
        if let outage {
            sentences.append(
                "The outage is of \(DurationText.spoken(outage.outage.length)), from "
                    + "\(explanation.text(outage.outage.start)): \(explanation.account(outage)).")
        }
        if let transient {
            sentences.append(
                "A check failed from \(explanation.text(transient.start)) for "
                    + "\(DurationText.spoken(transient.length)): \(explanation.whyTransient).")
        }
        for refused in refused {
            sentences.append(
                "\(refused.exclusion.id) (\(refused.exclusion.category.rawValue)) claims it and is not admitted: "
                    + "\(refused.refusal); \(explanation.forgone(refused)).")
        }
        return sentences.joined(separator: " ") + "\n"
    }

    private func why(_ line: Explanation.Line) -> String {
        if line.span.reason == .up, transient != nil { return "a failure too short to be an outage" }
        return explanation.why(line)
    }

    /// Between which samples a check has the span.
    private static func sentence(_ explanation: Explanation) -> (Explanation.Ends) -> String {
        { ends in
            let first = ends.first.map { "the last sample at or before its beginning is \(explanation.sample($0))" }
            let next = ends.next.map { "the first at or after its end \(explanation.sample($0))" }
            return "Check \(ends.check): \(first ?? "no sample at or before its beginning"), "
                + "\(next ?? "and none is known at or after its end")."
        }
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "explanation_of_instant",
            [
                "service": .text(figures.service.id), "at": .instant(instant, explanation.zone),
                "as_of": .instant(figures.asOf, explanation.zone),
                "committed": .flag(line != nil),
                "span": line.map(explanation.span) ?? .null,
                "outage": outage.map(explanation.outage) ?? .null,
                "transient": transient.map { ReportJSON.interval($0, in: explanation.zone) } ?? .null,
                "exclusions_not_admitted": .list(refused.map(explanation.refused)),
            ])
    }

    /// One row: the instant, whether anybody has paid for it, and its span.
    public var csv: String {
        let row = line.map(explanation.row) ?? Explanation.columns.map { _ in "" }
        return CSVWriter.table(
            ["service", "at", "committed"] + Explanation.columns,
            [[figures.service.id, explanation.text(instant), line == nil ? "no" : "yes"] + row])
    }
}
