import SLA
import Wording

/// An explanation for people.
extension Explanation {
    /// The figures, the spans, and what they add up to.
    public var text: String {
        head + "\n" + spanTable + "\n" + sums + outages + transients + refusals + corrections + samples + worst
    }

    private var head: String {
        """
        \(figures.service.id) of \(figures.service.customer), \(figures.period), \
        as of \(text(figures.asOf)) (\(zone.name))
        measured \(MeasuredText.share(figures)), since \(MeasuredText.since(figures, in: zone))
        availability \(ReportText.percent(figures.availability)), between \(ReportText.bounds(figures)); \
        objective \(figures.objective) %: \(ReportText.verdict(figures))

        """
    }

    private var spanTable: String {
        var table = TextTable([
            ("FROM", .left), ("TO", .left), ("SECONDS", .right), ("CLASS", .left), ("WHY", .left),
        ])
        for line in lines {
            let interval = line.span.interval
            table.add([
                text(interval.start), text(interval.end), DurationText.seconds(interval.length),
                Self.className(line.span.reason), why(line),
            ])
        }
        return table.text
    }

    private var sums: String {
        let partition = figures.partition
        return """
            up \(DurationText.seconds(partition.up.length)) s + down \(DurationText.seconds(partition.down.length)) s \
            + unmeasured \(DurationText.seconds(partition.unmeasured.length)) s \
            + excluded \(DurationText.seconds(partition.excludedLength)) s \
            = committed \(DurationText.seconds(partition.committed.length)) s

            """
    }

    private func list(_ title: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : "\n" + title + "\n" + lines.map { "  \($0)\n" }.joined()
    }

    private func span(_ interval: Interval) -> String {
        "\(text(interval.start)) to \(text(interval.end)), \(DurationText.spoken(interval.length))"
    }

    private var outages: String {
        list("Outages, before any exclusion:", accounts.map { "\(span($0.outage)): \(account($0))" })
    }

    private var transients: String {
        list("Transients, \(whyTransient):", figures.transients.map(span))
    }

    private var refusals: String {
        list(
            "Not admitted, and applied to nothing:",
            figures.refused.map { refused in
                let exclusion = refused.exclusion
                return "\(exclusion.id) (\(exclusion.category.rawValue), clause \(exclusion.category.clauses)), "
                    + "\(text(exclusion.interval.start)) to \(text(exclusion.interval.end)): \(refused.refusal); "
                    + forgone(refused)
            })
    }

    private var corrections: String {
        let all = figures.corrections + figures.refusedCorrections
        return list("Voids and downtimes:", all.map { CorrectionReport.line($0, in: zone) })
            + (figures.uncorrected.map { "\nThe figure \(CorrectionReport.line($0)).\n" } ?? "")
    }

    /// The samples that bound each span: what anyone who doubts it can look up.
    private var samples: String {
        guard lines.contains(where: { !$0.ends.isEmpty }) else { return "" }
        var table = TextTable([
            ("SPAN FROM", .left), ("CHECK", .left), ("LAST AT OR BEFORE ITS BEGINNING", .left),
            ("FIRST AT OR AFTER ITS END", .left),
        ])
        for line in lines {
            for ends in line.ends {
                let check = ends.check + (ends.counts ? "" : " (counts: false)")
                table.add([text(line.span.interval.start), check, sample(ends.first), sample(ends.next)])
            }
        }
        return section("The samples between which each span lies:", table)
    }

    /// A table below the spans, indented: lines that begin at the margin with an instant are spans.
    private func section(_ title: String, _ table: TextTable) -> String {
        "\n" + title + "\n" + table.text.split(separator: "\n").map { "  \($0)\n" }.joined()
    }

    /// A sample in a few words.
    func sample(_ observation: Observation?) -> String {
        guard let observation else { return "none" }
        return "\(text(observation.sample.at)) \(observation.sample.state.name)"
            + (observation.cause.map { " (\($0.english.onOneLine))" } ?? "")
    }

    private var worst: String {
        // Without counted time there is nothing that could be bad.
        guard figures.availability != nil else { return "" }
        var table = TextTable([
            ("WINDOW", .left), ("AVAILABILITY", .right), ("DOWN SECONDS", .right), ("FROM", .left), ("TO", .left),
        ])
        for window in windows {
            table.add([
                DurationText.spoken(window.length), ReportText.percent(window.availability),
                DurationText.seconds(window.down), text(window.interval.start), text(window.interval.end),
            ])
        }
        return section("Where \(figures.period.month == nil ? "it" : "the month") was worst:", table)
    }
}
