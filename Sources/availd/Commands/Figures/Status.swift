import ArgumentParser
import Ledger
import Monitor
import Reporting
import SLA
import UseCases

/// `availd status`
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The running month of each service: availability, budget left, state now, since when.",
        discussion: """
            The budget is the downtime that the whole month allows; below zero, the month can no longer be met.

            EXAMPLES
              availd status
              availd status acme-web acme-mail --format json
            """)

    @Argument(help: "The services to show; all if none is named.")
    var services: [String] = []

    @OptionGroup var config: ConfigurationOptions
    @OptionGroup var asOf: AsOfOptions

    @Option(help: "text for people, json for programs.")
    var format = ProseFormat.text

    func run() async throws {
        let configuration = try config.load(.ignored)
        let agreement = configuration.catalog.agreement
        let ledger = try configuration.readableLedger(about: services)
        let instant = asOf.instant
        let statuses = try ledger.read { snapshot in
            let inputs = try snapshot.inputs(
                of: agreement.calendar.month(containing: instant), asOf: instant,
                configured: configuration.catalog)
            let catalog = inputs.catalog
            let shown =
                services.isEmpty
                ? catalog.services.filter { configuration.catalog.service($0.id) != nil }
                : try services.map(catalog.requiredService)
            let recorded = Dictionary(
                try snapshot.latestTransitions().map { ($0.service, $0) }, uniquingKeysWith: { _, last in last })
            return try shown.map { try snapshot.status(of: $0, inputs, recorded: recorded[$0.id]) }
        }
        switch format {
        case .text: try Console.print(StatusDocument.text(statuses, under: agreement))
        case .json: try Console.print(StatusDocument.json(statuses, under: agreement))
        }
    }
}

extension LedgerSnapshot {
    /// - Parameter recorded: the service's latest transition: it knows since when a state has held that is older
    ///   than the month.
    fileprivate func status(
        of service: Service, _ inputs: FigureInputs, recorded: Transition?
    ) throws -> ServiceStatus {
        let asOf = inputs.asOf
        let timeline = try timeline(of: service, for: inputs)
        let figures = inputs.figures(of: service, timeline: timeline)
        var (state, since) = timeline.state(at: asOf)
        if let recorded, recorded.at <= asOf, recorded.state == state,
            since.map({ $0 <= inputs.period.start }) ?? true
        {
            since = min(since ?? recorded.since, recorded.since)
        }
        let last = try service.checks.compactMap {
            try lastObservation(of: CheckID(service: service.id, check: $0.id), asOf: asOf)
        }
        return ServiceStatus(
            figures: figures,
            budget: Budget(of: figures, under: inputs.catalog.agreement, exclusions: inputs.exclusions),
            state: state, since: since, lastSampleAt: last.map(\.sample.at).max(),
            cause: last.sorted { $0.sample.at > $1.sample.at }.lazy.compactMap(\.cause).first)
    }
}
