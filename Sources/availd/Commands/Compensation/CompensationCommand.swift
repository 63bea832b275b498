import ArgumentParser
import Ledger
import Reporting
import SLA
import UseCases

/// `availd compensation`
struct CompensationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compensation",
        abstract: "What is due for a month: list, negotiate, withdraw.",
        discussion: """
            The agreement's tiers say what share of the month's price is due, and never more than the cap. An amount \
            that was agreed with the customer goes over the computed one; both stay in the record, and the cap holds \
            for both.
            """,
        subcommands: [CompensationList.self, CompensationNegotiate.self, CompensationWithdraw.self],
        defaultSubcommand: CompensationList.self)
}
