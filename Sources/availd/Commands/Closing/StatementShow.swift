import ArgumentParser
import Reporting
import SLA
import UseCases

/// `availd statement show`
struct StatementShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Who closed a month when, its digests, and what an amendment changed and why.",
        discussion: """
            EXAMPLE
              availd statement show 2026-10/2
            """)

    @Argument(help: "The statement, as 2026-10/1.")
    var id: String

    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, _ in StatementDocument(try ledger.requiredStatement(id)) }
    }
}
