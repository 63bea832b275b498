import ArgumentParser
import Ledger
import Reporting
import SLA
import UseCases

/// `availd compensation`
struct CompensationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compensation",
        abstract: "What is due for a month: list, negotiate, withdraw, accept, records.",
        discussion: """
            The agreement's tiers say what share of what was paid for the month is due, and never more than the cap. \
            What the measurements leave open is to be settled, and listed apart with its range. An amount that was \
            agreed with the customer goes over the computed one, and settled claims (availd claim) over both; all stay \
            in the record, and the cap holds for each.
            """,
        subcommands: [
            CompensationList.self, CompensationNegotiate.self, CompensationWithdraw.self, CompensationAccept.self,
            CompensationRecords.self,
        ],
        defaultSubcommand: CompensationList.self)
}
