import ArgumentParser
import SLA
import UseCases

/// `availd maintenance delivered`
struct MaintenanceDelivered: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delivered",
        abstract: "Record a notice that was given by hand: on the fan page, by telephone.",
        discussion: """
            What is on the website or the fan page reaches everyone; an e-mail or a call, the customers named. The \
            instant that counts for a customer is that of the last channel it must be told by.

            EXAMPLES
              availd maintenance delivered M3 --channel fan_page \\
                --evidence https://social.example/p/4711
              availd maintenance delivered M3 --channel direct --customer acme \\
                --at 2026-10-09T16:40:00+07:00
            """)

    @OptionGroup var subject: SubjectArgument

    @Option(help: "email, website, fan_page or direct.")
    var channel: NoticeChannel

    @Option(help: "Who was told, of email and direct; may be given again.")
    var customer: [String] = []

    @Option(
        help: ArgumentHelp("When it was done. (default: now)", valueName: "instant"), transform: InstantArgument.init)
    var at: InstantArgument?

    @Option(help: "What proves it: a link, a name, a recording.")
    var evidence = ""

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .refused) {
            try $0.deliverNotice(
                DeliveryRequest(
                    subject.id, channel: channel, customers: customer, at: at?.instant(.at, by: $0.time),
                    evidence: evidence))
        }
    }
}
