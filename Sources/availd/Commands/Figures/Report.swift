import ArgumentParser
import Ledger
import Monitor
import Reporting
import SLA
import UseCases

/// `availd report`
struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The monthly report from the ledger.",
        discussion: """
            With --incidents it is about those that opened in the month or were open in it: how long they were \
            handled, beside how long they might be.

            EXAMPLES
              availd report --month 2026-10 --output october.csv
              availd report --month 2026-10 --incidents --customer acme
              availd report --month 2026-10 --format text --as-of 2026-10-15T00:00:00+07:00
            """)

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "The month, as 2026-10.")
    var month: CivilMonth

    @Flag(help: "The month's incidents instead, with their handling times and deadlines.")
    var incidents = false

    @Option(help: "Of the incidents, only what this customer may be told: its own services (clause 5).")
    var customer: String?

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var output: ReportOutput

    func validate() throws {
        if customer != nil, !incidents { throw ValidationError("--customer goes with --incidents") }
    }

    func run() async throws {
        let configuration = try config.load(.ignored)
        if let customer { try configuration.everKnownCatalog().requiredCustomer(customer) }
        let ledger = try configuration.readableLedger()
        let instant = asOf.instant
        if incidents {
            try output.write(
                ledger.read {
                    try $0.incidentList(
                        of: month, asOf: instant, customer: customer, configured: configuration.catalog)
                })
            return
        }
        try output.write(
            ledger.read { try $0.report(of: month, asOf: instant, configured: configuration.catalog) })
    }
}
