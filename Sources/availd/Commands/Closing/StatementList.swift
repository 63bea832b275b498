import ArgumentParser
import SLA
import UseCases

/// `availd statement list`
struct StatementList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every closing of every month, in the order in which they were closed.",
        discussion: """
            EXAMPLE
              availd statement list --month 2026-10
            """)

    @Option(help: "Only of this month, as 2026-10, this or last.", transform: MonthArgument.init)
    var month: MonthArgument?

    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            try ledger.statementList(of: month?.month(by: configuration.time))
        }
    }
}
