import ArgumentParser
import SLA
import UseCases

/// `availd compensation withdraw`
struct CompensationWithdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "End what was negotiated for a month: the computed amount counts again.",
        discussion: """
            EXAMPLE
              availd compensation withdraw acme-web --month 2026-10 \\
                --reason "recorded for the wrong month"
            """)

    @Argument(help: "The service.")
    var service: String

    @Option(help: "The month, as 2026-10, this or last.", transform: MonthArgument.init)
    var month: MonthArgument

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .refused) {
            try $0.withdrawNegotiation(of: service, in: month.month(by: $0.time), reason: reason)
        }
    }
}
