import ArgumentParser
import SLA
import UseCases

/// `availd compensation negotiate`
struct CompensationNegotiate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "negotiate",
        abstract: "Record an amount that was agreed with the customer over the computed one.",
        discussion: """
            That settles what the measurements leave open, too, inside its range or outside. A later negotiation of the same month supersedes an earlier one; all stay in the record. The amount is in \
            the agreement's currency, and at most the cap. It may be agreed for a month that kept the commitment: that \
            is remarked, and counts.

            EXAMPLE
              availd compensation negotiate acme-web --month 2026-10 --amount 150000 \\
                --reason "letter of 5 November"
            """)

    @Argument(help: "The service.")
    var service: String

    @Option(help: "The month, as 2026-10, this or last.", transform: MonthArgument.init)
    var month: MonthArgument

    // A value below zero is no option: it is refused with the reason.
    @Option(
        parsing: .unconditional,
        help: "The amount, as 150000 or \"150 000\"; a point only in a currency that has decimals.")
    var amount: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .refused) {
            try $0.negotiateCompensation(
                NegotiationRequest(service: service, month: month.month(by: $0.time), amount: amount, reason: reason))
        }
    }
}
