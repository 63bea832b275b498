import ArgumentParser
import SLA
import UseCases

/// `availd incident open`
struct IncidentOpen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open an incident by hand, and print its identifier.",
        discussion: """
            For what the monitor does not see: a customer's call, a question about use. An outage opens its incident \
            by itself.

            EXAMPLES
              availd incident open --scope service:acme-web \\
                --cause "wrong totals, ticket 4711"
              availd incident open --scope group:rack-3 --cause "water under the floor" \\
                --class warranty --at 2026-10-05T09:10:00+07:00
            """)

    @Option(help: "What it concerns: all, service:ID, customer:ID or group:NAME; several in one argument or one each.")
    var scope: [String]

    @Option(help: "What is wrong.")
    var cause: String

    @Option(name: .customLong("class"), help: "warranty, upkeep or out_of_scope. (default: said later, by classify)")
    var classification: IncidentClass?

    @Option(help: "Why it is of this class; for out_of_scope, the condition of W2 that was broken.")
    var reason = ""

    @OptionGroup var when: IncidentTimeOption
    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .made) {
            try $0.openIncident(
                IncidentRequest(
                    scope: scope, cause: cause, classification: classification, reason: reason,
                    at: when.at?.instant(.at, by: $0.time)))
        }
    }
}
