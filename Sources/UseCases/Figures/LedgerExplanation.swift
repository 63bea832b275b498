import Intake
import Ledger
import Reporting
import SLA
import Wording

extension LedgerSnapshot {
    /// Every span of `period` of the service called `id`, with its reason, as it was known at `asOf`.
    ///
    /// - Throws: `Unknown`, `LedgerError`.
    public func explanation(
        of id: String, in period: ReportPeriod, asOf: Instant, configured: Catalog
    ) throws -> Explanation {
        let inputs = try inputs(of: period, asOf: asOf, configured: configured)
        let service = try inputs.catalog.requiredService(id)
        return try explanation(of: service, inputs.own(of: service))
    }

    /// Why `instant` counts as it does for the service called `id`.
    ///
    /// - Throws: a `Refusal` where the instant is none of the period or was not known at `asOf`; `Unknown`,
    ///   `LedgerError`.
    public func explanationAnswer(
        about instant: Instant, of id: String, in period: ReportPeriod, asOf: Instant, configured: Catalog
    ) throws -> ExplanationAnswer {
        let calendar = configured.agreement.calendar
        if !period.interval(in: calendar).contains(instant) {
            throw Refusal(
                "--at: lies outside of \(period), expected an instant of the \(period.month == nil ? "period" : "month")"
            )
        }
        if instant >= asOf {
            throw Refusal(
                "--at: nothing is known of it as of \(RFC3339.text(asOf, in: calendar.zone)), expected an earlier one")
        }
        return ExplanationAnswer(try explanation(of: id, in: period, asOf: asOf, configured: configured), at: instant)
    }

    private func explanation(of service: Service, _ inputs: FigureInputs) throws -> Explanation {
        let timeline = try timeline(of: service, for: inputs)
        let figures = try inputs.figures(of: service) { service, own in
            own.corrections == inputs.corrections && own.rulesBeforeCorrection == inputs.rulesBeforeCorrection
                ? timeline : try self.timeline(of: service, for: own)
        }
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
            check: check.id, counts: check.counts, first: try lastObservation(of: id, asOf: span.interval.start),
            next: try after.flatMap { try observations(of: id, in: $0, limit: 1).first })
    }

    /// What the first probe inside `span` that was not up said.
    private func evidence(of span: ExplainedSpan, service: Service, asOf: Instant) throws -> String? {
        switch span.reason {
        case .down, .unmeasured(.unconfirmed), .unmeasured(.unknown): break
        case .up, .excluded, .unmeasured(.noSample), .unmeasured(.void): return nil
        }
        let counted = service.checks.filter(\.counts)
        for check in counted {
            let id = CheckID(service: service.id, check: check.id)
            let first = try observations(of: id, in: span.interval, limit: 1).first
            guard let first, first.sample.at <= asOf, let cause = first.cause?.english else { continue }
            return counted.count == 1 ? cause : "\(check.id): \(cause)"
        }
        return nil
    }
}
