import ArgumentParser
import SLA
import UseCases

/// `availd rules correct`
struct RulesCorrect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "Record how a check was measured truly in the past.",
        discussion: """
            For records that were wrong: a check that was probed every 5 minutes while the configuration said 30 \
            seconds, or one that had been taken out and was not. It holds from the given instant until what it \
            corrects next changed; what is not named stays as it was. What the figure would be without it stays to be \
            seen beside (report, explain), and with --as-of.

            EXAMPLES
              availd rules correct acme-web \\
                --from 2026-10-05T00:00:00+07:00 --interval 5m \\
                --reason "the schedule had not been reloaded" --evidence TICKET-4711
              availd rules correct acme-mail --check pop3 \\
                --from 2026-10-12T09:00:00+07:00 --left \\
                --reason "POP3 was switched off" --evidence "letter of 12 October"
            """)

    @Argument(help: "The service.")
    var service: String

    @Option(help: ArgumentHelp("The check; the only one unless given.", valueName: "id"))
    var check: String?

    @Option(help: ArgumentHelp("Since when it was so.", valueName: "instant"), transform: InstantArgument.init)
    var from: InstantArgument

    @Option(help: "The time from one probe to the next.", transform: DurationArgument.init)
    var interval: DurationArgument?

    @Option(help: "How long a probe could take.", transform: DurationArgument.init)
    var timeout: DurationArgument?

    @Option(help: "How long a sample spoke for the time after it.", transform: DurationArgument.init)
    var staleAfter: DurationArgument?

    @Option(help: ArgumentHelp("How many failures in a row made an outage.", valueName: "number"))
    var confirm: Int?

    @Option(help: "How the checks made up the service's state: all, any.")
    var mode: CheckMode?

    @Option(help: ArgumentHelp("Whether the check was part of the figures.", valueName: "true|false"))
    var counts: Bool?

    @Flag(help: "The check was no part of the service any more.")
    var left = false

    @Option(help: ArgumentHelp("Whose the service was.", valueName: "id"))
    var customer: String?

    @Option(
        parsing: .upToNextOption, help: ArgumentHelp("The groups that it belonged to.", valueName: "group"))
    var groups: [String] = []

    @Option(help: "Why the record is wrong.")
    var reason: String

    @Option(help: "What proves it.")
    var evidence: String

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .made) { recording in
            var request = RuleCorrectionRequest(
                service: service, check: check, from: try from.instant(.from, by: recording.time), reason: reason,
                evidence: evidence)
            request.interval = interval?.duration
            request.timeout = timeout?.duration
            request.staleAfter = staleAfter?.duration
            request.confirm = confirm
            request.mode = mode
            request.counts = counts
            request.hasLeft = left
            request.customer = customer
            request.groups = groups.isEmpty ? nil : groups
            return try recording.correctRules(request)
        }
    }
}

extension CheckMode: ExpressibleByArgument {}
