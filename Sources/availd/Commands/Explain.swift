import ArgumentParser
import Ledger
import Monitor
import Reporting
import SLA

/// `availd explain`
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Every counted, excluded and unmeasured span of a service's month, with its reason.",
        discussion: """
            The spans add up to the report's row exactly. It answers the two questions of a dispute: why was this \
            counted, and why was this not.

            EXAMPLE
              availd explain acme-web --month 2026-10
            """)

    @Argument(help: "The service.")
    var service: String

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "The month, as 2026-10.")
    var month: CivilMonth

    @OptionGroup var asOf: AsOfOptions

    @Option(help: "text for people, json for programs.")
    var format = Status.Format.text

    func run() async throws {
        try await exiting {
            let configuration = try config.load(.ignored)
            let ledger = try configuration.readableLedger(about: [service])
            let explanation = try ledger.read { snapshot in
                let inputs = try snapshot.inputs(of: month, asOf: asOf.instant, configured: configuration.catalog)
                return try snapshot.explanation(of: inputs.catalog.requiredService(service), inputs)
            }
            try Console.print(format == .text ? explanation.text : explanation.json)
        }
    }
}

extension LedgerSnapshot {
    fileprivate func explanation(
        of service: Service, _ inputs: FigureInputs
    ) throws -> Explanation {
        let timeline = try timeline(of: service, for: inputs)
        let statement = inputs.statement(of: service, timeline: timeline)
        let lines = try statement.explained(by: timeline).map { span in
            Explanation.Line(span: span, evidence: try evidence(of: span, service: service, asOf: inputs.asOf))
        }
        return Explanation(statement, lines: lines, under: inputs.catalog.agreement)
    }

    /// What the first probe inside `span` that was not up said.
    private func evidence(of span: ExplainedSpan, service: Service, asOf: Instant) throws -> String? {
        switch span.ground {
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
