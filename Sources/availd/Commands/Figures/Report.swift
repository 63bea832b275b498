import ArgumentParser
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
              availd report --month last --output october.csv
              availd report --month 2026-10 --incidents --customer acme
              availd report --month 2026-10 --format text --as-of 2026-10-15T00:00:00+07:00
            """)

    @Option(help: "The month, as 2026-10, this or last. (default: this)", transform: MonthArgument.init)
    var month = MonthArgument.this

    @Flag(help: "The month's incidents instead, with their handling times and deadlines.")
    var incidents = false

    @Option(help: "Of the incidents, only what this customer may be told: its own services (clause 5).")
    var customer: String?

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var config: ConfigurationOptions
    @OptionGroup var output: OutputOptions<CSVByDefault>

    func validate() throws {
        if customer != nil, !incidents { throw ValidationError("--customer goes with --incidents") }
    }

    func run() async throws {
        let document = try config.read { ledger, configuration -> any Document in
            let (time, catalog) = (configuration.time, configuration.catalog)
            let (month, asOf) = (month.month(by: time), try asOf.instant(by: time))
            guard incidents else { return try ledger.reportDocument(of: month, asOf: asOf, configured: catalog) }
            return try ledger.incidentList(of: month, asOf: asOf, customer: customer, configured: catalog)
        }
        try output.print(document)
    }
}
