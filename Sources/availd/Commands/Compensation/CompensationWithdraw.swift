import ArgumentParser
import Configuration
import Ledger
import Platform
import SLA

/// `availd compensation withdraw`
struct CompensationWithdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "End what was negotiated for a month: the computed amount counts again.",
        discussion: """
            EXAMPLE
              availd compensation withdraw acme-web --month 2026-10 \\
                --reason "recorded for the wrong month"
            """)

    @Argument(help: "The service.")
    var service: String

    @Option(help: "The month, as 2026-10.")
    var month: CivilMonth

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var recordedBy: RecordedByOption

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        let configuration = try config.load(.ignored)
        let now = SystemClock.wall()
        var check = ArgumentCheck()
        check.notBlank("--reason", reason, expected: "why")
        let by = check.who(recordedBy.name)
        let negotiations = try configuration.readableLedger(about: [service]).read { snapshot in
            _ = try snapshot.catalogHistory().everKnown(configuration.catalog).requiredService(service)
            return try snapshot.negotiations()
        }
        if Negotiation.inForce(negotiations, of: service, in: month, asOf: now) == nil {
            check.add("--month", "nothing is negotiated for \(service) in \(month)")
        }
        try check.finish()
        let ledger = try configuration.existingLedger()
        defer { try? ledger.close() }
        try ledger.record(
            Negotiation(
                month: month, service: service, amount: nil, reason: reason, recordedAt: now, recordedBy: by))
        Console.note("withdrew what was negotiated for \(service) in \(month)")
    }
}
