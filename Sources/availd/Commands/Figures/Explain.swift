import ArgumentParser
import Ledger
import Monitor
import Reporting
import SLA
import UseCases

/// `availd explain`
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Every counted, excluded and unmeasured span of a service's month, with its reason.",
        discussion: """
            The spans add up to the report's row exactly. It answers the two questions of a dispute: why was this \
            counted, and why was this not. Each span comes with the samples between which it lies, each outage with \
            what part of it counts and what took the rest away, and each exclusion that is not admitted with what it \
            would have taken.

            EXAMPLES
              availd explain acme-web --month 2026-10
              availd explain acme-web --month 2026-10 --at 2026-10-04T03:00:00+07:00
              availd explain acme-web --month 2026-10 --as-of 2026-10-15T00:00:00+07:00 \\
                --format json
            """)

    @Argument(help: "The service.")
    var service: String

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "The month, as 2026-10.")
    var month: CivilMonth

    @Option(help: ArgumentHelp("Why this one instant counts as it does, in a paragraph.", valueName: "instant"))
    var at: InstantArgument?

    @OptionGroup var asOf: AsOfOptions

    @Option(help: "text for people, json for programs.")
    var format = ProseFormat.text

    func run() async throws {
        let configuration = try config.load(.ignored)
        let ledger = try configuration.readableLedger(about: [service])
        let (month, asOf) = (month, asOf.instant)
        try check(asOf: asOf, calendar: configuration.catalog.agreement.calendar)
        let explanation = try ledger.read { snapshot in
            let inputs = try snapshot.inputs(of: month, asOf: asOf, configured: configuration.catalog)
            return try snapshot.explanation(of: inputs.catalog.requiredService(service), inputs)
        }
        if let at {
            let answer = ExplanationAnswer(explanation, at: at.instant)
            try Console.print(format == .text ? answer.text : answer.json)
        } else {
            try Console.print(format == .text ? explanation.text : explanation.json)
        }
    }

    /// The instant that is asked about is of the month, and known.
    private func check(asOf: Instant, calendar: CivilCalendar) throws {
        guard let at else { return }
        var mistakes = ArgumentCheck()
        if !calendar.interval(of: month).contains(at.instant) {
            mistakes.add("--at", "lies outside of \(month), expected an instant of the month")
        } else if at.instant >= asOf {
            mistakes.add(
                "--at", "nothing is known of it as of \(RFC3339.text(asOf, in: calendar.zone)), expected an earlier one"
            )
        }
        try mistakes.finish()
    }
}

extension LedgerSnapshot {
    fileprivate func explanation(
        of service: Service, _ inputs: FigureInputs
    ) throws -> Explanation {
        let timeline = try timeline(of: service, for: inputs)
        let figures = inputs.figures(of: service, timeline: timeline)
        let lines = try figures.explained(by: timeline).map { span in
            Explanation.Line(
                span: span, evidence: try evidence(of: span, service: service, asOf: inputs.asOf),
                ends: try service.checks.map { try ends(of: span, check: $0, service: service, asOf: inputs.asOf) })
        }
        return Explanation(figures, lines: lines, under: inputs.catalog.agreement)
    }

    /// The samples of `check` between which `span` lies.
    private func ends(
        of span: ExplainedSpan, check: Check, service: Service, asOf: Instant
    ) throws -> Explanation.Ends {
        let id = CheckID(service: service.id, check: check.id)
        let after = Interval(span.interval.end, asOf + 1)
        return Explanation.Ends(
            check: check.id, first: try lastObservation(of: id, asOf: span.interval.start),
            next: try after.flatMap { try observations(of: id, in: $0, limit: 1).first })
    }

    /// What the first probe inside `span` that was not up said.
    private func evidence(of span: ExplainedSpan, service: Service, asOf: Instant) throws -> String? {
        switch span.reason {
        case .down, .unmeasured(.unconfirmed), .unmeasured(.unknown): break
        case .up, .excluded, .unmeasured(.noSample): return nil
        }
        for check in service.checks {
            let id = CheckID(service: service.id, check: check.id)
            let first = try observations(of: id, in: span.interval, limit: 1).first
            guard let first, first.sample.at <= asOf, let cause = first.cause else { continue }
            return service.checks.count == 1 ? cause : "\(check.id): \(cause)"
        }
        return nil
    }
}
