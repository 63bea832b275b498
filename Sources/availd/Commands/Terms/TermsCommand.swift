import ArgumentParser

/// `availd terms`
struct TermsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terms",
        abstract: "Paid time and its history: import, list, withdraw, reinstate.",
        discussion: """
            Availability is kept over the time that a customer has paid for. Its terms are in the configuration, or \
            come from the billing system's file. Every change is kept with when it became known: it can add paid time, \
            past or future, and takes away only time after it became known. What was never paid for is withdrawn, \
            by somebody and for a reason.
            """,
        subcommands: [TermsImport.self, TermsList.self, TermsWithdraw.self, TermsReinstate.self])
}
