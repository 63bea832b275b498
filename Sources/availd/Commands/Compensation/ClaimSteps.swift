import ArgumentParser
import SLA
import UseCases

/// `availd claim answer`
struct ClaimAnswer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Record what a claim was answered.",
        discussion: """
            EXAMPLE
              availd claim answer C3 --amount 100000 --reason "half a day, by our record"
            """)

    @Argument(help: "The claim, as C3.")
    var claim: String

    @Option(parsing: .unconditional, help: "The amount that is offered, where one is.")
    var amount: String?

    @Option(help: "What is answered.")
    var reason: String

    @Option(help: "What proves it: a letter, a ticket.")
    var evidence = ""

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .refused) {
            try $0.answerClaim(ClaimStepRequest(claim, amount: amount, reason: reason, evidence: evidence))
        }
    }
}

/// `availd claim settle`
struct ClaimSettle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle", abstract: "Record what was agreed of a claim; it stands over what was computed.",
        discussion: """
            The amount is in the agreement's currency, and with the month's other settled claims at most the cap. \
            Settled again, the last word counts, and all stay in the record.

            EXAMPLE
              availd claim settle C3 --amount 150000 \\
                --reason "agreed by telephone" --evidence "mail of 6 November"
            """)

    @Argument(help: "The claim, as C3.")
    var claim: String

    @Option(
        parsing: .unconditional,
        help: "The amount, as 150000 or \"150 000\"; a point only in a currency that has decimals.")
    var amount: String

    @Option(help: "Why.")
    var reason: String

    @Option(help: "What proves it: a letter, a ticket.")
    var evidence = ""

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .refused) {
            try $0.settleClaim(ClaimStepRequest(claim, amount: amount, reason: reason, evidence: evidence))
        }
    }
}
