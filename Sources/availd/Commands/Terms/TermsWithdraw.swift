import ArgumentParser
import Ledger
import Platform
import SLA

/// `availd terms withdraw`
struct TermsWithdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Record that some time was never paid for, and print the withdrawal's identifier.",
        discussion: """
            For mistakes: terms that were wrong from the start. The time counts nowhere any more, from when this is \
            recorded; what was known before stays to be seen with --as-of. It stands whatever the configuration and \
            the billing system say later, until it is reinstated.

            EXAMPLE
              availd terms withdraw acme-web \\
                --from 2026-10-05T00:00:00+07:00 --to 2026-10-12T00:00:00+07:00 \\
                --reason "invoice 4711 was never paid"
            """)

    @Argument(help: "The service.")
    var service: String

    @Option(help: ArgumentHelp("The first instant.", valueName: "instant"))
    var from: InstantArgument

    @Option(help: ArgumentHelp("The first instant after it.", valueName: "instant"))
    var to: InstantArgument

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var recordedBy: RecordedByOption

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        let configuration = try config.load(.ignored)
        _ = try configuration.everKnownCatalog().requiredService(service)
        var check = ArgumentCheck()
        let interval = check.interval(from: from, to: to)
        check.notBlank("--reason", reason, expected: "why")
        let by = check.who(recordedBy.name)
        try check.finish()
        guard let interval else { preconditionFailure("a missing interval is a mistake") }
        let ledger = try Ledger(directory: configuration.stateDirectory, access: .recorder)
        defer { try? ledger.close() }
        let now = SystemClock.wall()
        let paid = try ledger.read { snapshot in
            try snapshot.catalogHistory().histories(including: configuration.catalog, asOf: now, now: now)[service]?
                .paid(asOf: now) ?? .empty
        }
        let id = try ledger.record(
            PaidWithdrawal(
                id: "", service: service, interval: interval, reason: reason, recordedAt: now, recordedBy: by),
            CatalogRecord(configuration.catalog, at: now, by: by, ofNewServicesOnly: true))
        try Console.print(id + "\n")
        if paid.intersection(interval).isEmpty {
            Console.note("\(id) is recorded, and touches no time that is paid for")
        }
    }
}
