import ArgumentParser
import Ledger
import Monitor
import SLA

/// `availd report`
struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The monthly report from the ledger.",
        discussion: """
            EXAMPLES
              availd report --month 2026-10 --output october.csv
              availd report --month 2026-10 --format text --as-of 2026-10-15T00:00:00+07:00
            """)

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "The month, as 2026-10.")
    var month: CivilMonth

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var output: ReportOutput

    func run() async throws {
        try await exiting {
            let configuration = try config.load(.ignored)
            let ledger = try configuration.readableLedger()
            let instant = asOf.instant
            try output.write(
                ledger.read { try $0.report(of: month, asOf: instant, configured: configuration.catalog) })
        }
    }
}
