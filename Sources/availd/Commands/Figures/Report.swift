import ArgumentParser
import Configuration
import Ledger
import Reporting
import SLA
import UseCases

/// `availd report`
struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The monthly report from the ledger.",
        discussion: """
            --period takes a longer time, or each service's own paid term: the same columns, with its own bounds and \
            verdict, and no credit, which follows from months alone; text and json have its months below.

            --without and --with compute it as if, on a copy; every line of the answer says that it is hypothetical.

            With --incidents it is about those that opened in the month or were open in it: how long they were \
            handled, beside how long they might be.

            EXAMPLES
              availd report --period last-quarter --format text
              availd report --period term --customer acme --format text
              availd report --month 2026-10 --without E3 --format text
              availd report --month last --output october.csv
              availd report --month 2026-10 --incidents --customer acme
              availd report --month 2026-10 --format text --as-of 2026-10-15T00:00:00+07:00
            """)

    @Option(help: "The month, as 2026-10, this or last. (default: this)", transform: MonthArgument.init)
    var month: MonthArgument?

    @OptionGroup var longer: PeriodOption

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var hypothesis: HypothesisOptions

    @Flag(help: "The month's incidents instead, with their handling times and deadlines.")
    var incidents = false

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var config: ConfigurationOptions
    @OptionGroup var output: OutputOptions<CSVByDefault>

    func validate() throws {
        try longer.validate(beside: month)
        guard incidents else { return }
        if longer.period != nil { throw ValidationError("--incidents goes with --month") }
        if hypothesis.isGiven { throw ValidationError("--incidents are as they are: it excludes --without and --with") }
        if selection.customer.count > 1 || !selection.service.isEmpty {
            throw ValidationError("--incidents takes one --customer, and no --service")
        }
    }

    func run() async throws {
        let document = try config.read { ledger, configuration -> any Document in
            try configuration.requireElsewhere(output.output)
            return try incidents ? incidentList(ledger, configuration) : report(ledger, configuration)
        }
        try output.print(document)
    }

    private func report(_ ledger: LedgerSnapshot, _ configuration: Configuration) throws -> any Document {
        let (time, catalog) = (configuration.time, configuration.catalog)
        let request = ReportRequest(
            of: longer.period(or: month, by: time), customers: selection.customer,
            services: selection.service, supposing: try hypothesis.hypothesis(among: ledger.everKnown(catalog)))
        return try ledger.reportDocument(request, asOf: asOf.instant(by: time), configured: catalog)
    }

    private func incidentList(_ ledger: LedgerSnapshot, _ configuration: Configuration) throws -> any Document {
        let time = configuration.time
        return try ledger.incidentList(
            of: (month ?? .this).month(by: time), asOf: asOf.instant(by: time), customer: selection.customer.first,
            configured: configuration.catalog)
    }
}
