import ArgumentParser
import Configuration
import Intake
import Ledger
import Reporting
import SLA

/// `availd statement`
struct StatementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "List, show and reprint closed months.",
        discussion: """
            A statement is what availd close has kept. It never changes: whatever is recorded or configured later, it \
            prints the same bytes.
            """,
        subcommands: [StatementList.self, StatementShow.self, StatementPrint.self])
}
