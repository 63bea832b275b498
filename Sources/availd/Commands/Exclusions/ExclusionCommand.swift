import ArgumentParser
import Ledger
import Platform
import Reporting
import SLA
import UseCases

/// `availd exclusion`
struct ExclusionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exclusion",
        abstract: "Record, list, revoke and suggest exclusions.",
        discussion: """
            An exclusion is never edited and never deleted: it is revoked, and another is recorded. These commands \
            work while the daemon runs, which notices within a second.
            """,
        subcommands: [ExclusionAdd.self, ExclusionList.self, ExclusionRevoke.self, ExclusionSuggest.self])
}
