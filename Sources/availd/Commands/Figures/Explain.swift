import ArgumentParser
import Reporting
import SLA
import UseCases

/// `availd explain`
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Every counted, excluded and unmeasured span of a service's month, with its reason.",
        discussion: """
            The spans add up to the report's row exactly. It answers the two questions of a dispute: why was this \
            counted, and why was this not. Each span comes with the samples between which it lies, each outage with \
            what part of it counts and what took the rest away, and each exclusion that is not admitted with what it \
            would have taken.

            EXAMPLES
              availd explain acme-web --month 2026-10
              availd explain acme-web --month 2026-10 --at 2026-10-04T03:00:00+07:00
              availd explain acme-web --month 2026-10 --as-of 2026-10-15T00:00:00+07:00 \\
                --format json
            """)

    @Argument(help: "The service.")
    var service: String

    @Option(help: "The month, as 2026-10, this or last. (default: this)", transform: MonthArgument.init)
    var month: MonthArgument?

    @OptionGroup var longer: PeriodOption

    @Option(
        help: ArgumentHelp("Why this one instant counts as it does, in a paragraph.", valueName: "instant"),
        transform: InstantArgument.init)
    var at: InstantArgument?

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func validate() throws { try longer.validate(beside: month) }

    func run() async throws {
        try reading.show(about: [service]) { ledger, configuration -> any Document in
            let (time, catalog) = (configuration.time, configuration.catalog)
            let (period, asOf) = (longer.period(or: month, by: time), try asOf.instant(by: time))
            guard let at else {
                return try ledger.explanation(of: service, in: period, asOf: asOf, configured: catalog)
            }
            return try ledger.explanationAnswer(
                about: at.instant(.at, by: time), of: service, in: period, asOf: asOf, configured: catalog)
        }
    }
}
