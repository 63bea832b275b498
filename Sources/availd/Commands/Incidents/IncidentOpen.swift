import ArgumentParser
import Ledger
import Platform
import SLA

/// `availd incident open`
struct IncidentOpen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open an incident by hand, and print its identifier.",
        discussion: """
            For what the monitor does not see: a customer's call, a question about use. An outage opens its incident \
            by itself.

            EXAMPLES
              availd incident open --scope service:acme-web \\
                --cause "wrong totals, ticket 4711"
              availd incident open --scope group:rack-3 --cause "water under the floor" \\
                --class warranty --at 2026-10-05T09:10:00+07:00
            """)

    @Option(help: "What it concerns: all, service:ID, customer:ID or group:NAME; several in one argument or one each.")
    var scope: [String]

    @Option(help: "What is wrong.")
    var cause: String

    @Option(name: .customLong("class"), help: "warranty, upkeep or out_of_scope. (default: said later, by classify)")
    var classification: IncidentClass?

    @Option(help: "Why it is of this class; for out_of_scope, the condition of W2 that was broken.")
    var reason = ""

    @OptionGroup var record: IncidentRecord

    func run() async throws {
        let configuration = try record.config.load(.ignored)
        let events = try events(configuration.catalog, now: SystemClock.wall())
        let ledger = try Ledger(directory: configuration.stateDirectory, access: .recorder)
        defer { try? ledger.close() }
        let incident = try saying(in: configuration.catalog.agreement.calendar.zone) {
            try ledger.openIncident(events)
        }
        try Console.print(incident.id + "\n")
    }

    /// The opening and what comes with it, or every mistake in the arguments.
    private func events(_ catalog: Catalog, now: Instant) throws -> [IncidentEvent] {
        var check = ArgumentCheck()
        let terms = check.scope(scope, catalog: catalog)
        let services = catalog.services.filter { service in terms.contains { $0.includes(service) } }
        if services.isEmpty, !terms.isEmpty { check.add("--scope", "names no service, expected at least one") }
        let affected = services.map { AffectedService(service: $0.id, customer: $0.customer) }
        var events = [
            record.event(.opened(.hand, cause: cause, services: affected), option: "--cause", now: now, &check)
        ]
        if let classification {
            let change = IncidentEvent.Change.classified(classification, reason: reason)
            if let (found, expected) = change.requiredText { check.notBlank("--reason", found, expected: expected) }
            events.append(IncidentEvent(at: events[0].at, recordedAt: now, by: events[0].by, change))
        } else if !reason.isEmpty {
            check.add("--reason", "goes with --class")
        }
        try check.finish()
        return events
    }
}
