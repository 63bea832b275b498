import ArgumentParser
import SLA
import UseCases

/// `availd compensation accept`
struct CompensationAccept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Record that the customer accepts a lower credit than a statement has named.",
        discussion: """
            A closed month's amendment lowers a credit only with the customer's recorded word, given after the \
            statement that named it was closed. The amount is the least that the customer accepts.

            EXAMPLE
              availd compensation accept acme-web --month 2026-10 --amount 0 \\
                --reason "the exclusion was shown" --evidence "mail of 12 November"
            """)

    @Argument(help: "The service.")
    var service: String

    @Option(help: "The month, as 2026-10, this or last.", transform: MonthArgument.init)
    var month: MonthArgument

    @Option(parsing: .unconditional, help: "The least that the customer accepts, as 150000.")
    var amount: String

    @Option(help: "Why.")
    var reason: String

    @Option(help: "What proves it: the customer's letter.")
    var evidence: String

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .refused) {
            try $0.acceptLoweredCredit(
                AcceptanceRequest(
                    service: service, month: month.month(by: $0.time), amount: amount, reason: reason,
                    evidence: evidence))
        }
    }
}

/// `availd compensation records`
struct CompensationRecords: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records",
        abstract: "All that people have said of compensation: negotiations, claims, acceptances.",
        discussion: """
            The CSV is what availd replay --settlements reads.

            EXAMPLES
              availd compensation records --month 2026-10
              availd compensation records --format csv > settlements.csv
            """)

    @Option(help: "Those of this month alone, as 2026-10, this or last.", transform: MonthArgument.init)
    var month: MonthArgument?

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            let time = configuration.time
            return try ledger.settlementDocument(
                of: month?.month(by: time), asOf: asOf.instant(by: time), configured: configuration.catalog)
        }
    }
}
