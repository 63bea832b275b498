import ArgumentParser
import Configuration
import Ledger
import Reporting
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

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "Only of this month, as 2026-10.")
    var month: CivilMonth?

    @Option(help: "text for people, json for programs.")
    var format = ProseFormat.text

    func run() async throws {
        let statements = try config.load(.ignored).readableLedger().read { try $0.statements(of: month) }
        try Console.print(
            format == .text ? StatementDocument.list(statements) : StatementJSON.list(statements))
    }
}
