import ArgumentParser
import UseCases

/// `availd terms withdraw`
struct TermsWithdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Record that some time was never paid for, and print the withdrawal's identifier.",
        discussion: """
            For mistakes: terms that were wrong from the start. The time counts nowhere any more, from when this is \
            recorded; what was known before stays to be seen with --as-of. It stands whatever the configuration and \
            the billing system say later, until it is reinstated.

            EXAMPLE
              availd terms withdraw acme-web \\
                --from 2026-10-05T00:00:00+07:00 --to 2026-10-12T00:00:00+07:00 \\
                --reason "invoice 4711 was never paid"
            """)

    @Argument(help: "The service.")
    var service: String

    @Option(help: ArgumentHelp("The first instant.", valueName: "instant"), transform: InstantArgument.init)
    var from: InstantArgument

    @Option(help: ArgumentHelp("The first instant after it.", valueName: "instant"), transform: InstantArgument.init)
    var to: InstantArgument

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .made) {
            try $0.withdrawPaidTime(
                PaidWithdrawalRequest(
                    service: service, from: from.instant(.from, by: $0.time), to: to.instant(.to, by: $0.time),
                    reason: reason))
        }
    }
}
