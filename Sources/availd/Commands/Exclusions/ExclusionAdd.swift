import ArgumentParser
import Intake
import SLA
import UseCases

/// `availd exclusion add`
struct ExclusionAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Record an exclusion, and print its identifier.",
        discussion: """
            Maintenance is admitted where notice was given long enough before (24 h scheduled, 1 h emergency, unless \
            the agreement says otherwise); every other category where evidence is cited. One that is not admitted is \
            recorded all the same, applied to nothing, and named in the reports, with the reason.

            With --outage the scope is the service and the interval is its outage that holds the instant, as it is \
            measured now. Locks and ends of services are availd suspension.

            EXAMPLES
              availd exclusion add --category third_party --scope service:acme-web \\
                --from 2026-10-05T09:00:00+07:00 --to 2026-10-05T09:40:00+07:00 \\
                --evidence "ticket 4711"
              availd exclusion add --category customer_misconfiguration \\
                --outage acme-web@2026-10-05T09:10:00+07:00 \\
                --evidence "ticket 4712: the name was moved"
              availd exclusion add --category force_majeure --kind flood \\
                --scope group:hanoi --evidence "report of the district" \\
                --from 2026-10-07T03:00:00+07:00 --to 2026-10-07T09:00:00+07:00
              availd exclusion add --category scheduled_maintenance \\
                --scope "group:rack-3 customer:acme" \\
                --from 2026-10-11T02:00:00+07:00 --to 2026-10-11T04:00:00+07:00 \\
                --notice-at 2026-10-09T17:00:00+07:00
            """)

    @Option(
        help:
            "scheduled_maintenance, emergency_maintenance, suspension, customer_misconfiguration, force_majeure or third_party."
    )
    var category: ExclusionCategory

    @Option(
        help:
            "What happened, of force majeure: fire, flood, war, terrorism, embargo, state_authority or national_network."
    )
    var kind: ForceMajeureKind?

    @Option(help: "all, service:ID, customer:ID or group:NAME; several in one argument or one each.")
    var scope: [String] = []

    @Option(help: ArgumentHelp("The first instant.", valueName: "instant"), transform: InstantArgument.init)
    var from: InstantArgument?

    @Option(help: ArgumentHelp("The first instant after it.", valueName: "instant"), transform: InstantArgument.init)
    var to: InstantArgument?

    @Option(
        help: ArgumentHelp(
            "The outage it is about, instead of --scope, --from and --to.", valueName: "service@instant"),
        transform: OutageArgument.init)
    var outage: OutageArgument?

    @Option(
        help: ArgumentHelp("When the affected customers were told.", valueName: "instant"),
        transform: InstantArgument.init)
    var noticeAt: InstantArgument?

    @Option(help: "What proves it: a ticket, a letter, a link.")
    var evidence = ""

    @Option(help: "Its identifier. (default: the next of E1, E2, …)")
    var id: String?

    @OptionGroup var options: RecordingOptions

    func validate() throws {
        if outage != nil {
            guard scope.isEmpty, from == nil, to == nil else {
                throw ValidationError("--outage says the scope and the interval; leave out --scope, --from and --to.")
            }
        } else if scope.isEmpty || from == nil || to == nil {
            throw ValidationError("Give --scope, --from and --to, or --outage.")
        }
    }

    func run() async throws {
        try options.record(missing: outage == nil ? .made : .refused) {
            try $0.addExclusion(request(target(by: $0.time), by: $0.time))
        }
    }

    private func target(by time: SpokenTime) throws -> ExclusionRequest.Target {
        if let outage { return .outage(service: outage.service, at: try outage.instant.instant(.outage, by: time)) }
        guard let from, let to else { throw ValidationError("Give --scope, --from and --to, or --outage.") }
        return .scope(scope, from: try from.instant(.from, by: time), to: try to.instant(.to, by: time))
    }

    private func request(_ target: ExclusionRequest.Target, by time: SpokenTime) throws -> ExclusionRequest {
        ExclusionRequest(
            category: category, kind: kind, target: target, noticeAt: try noticeAt?.instant(.noticeAt, by: time),
            evidence: evidence, id: id)
    }
}

extension ForceMajeureKind: ExpressibleByArgument {}

extension ExclusionCategory: ExpressibleByArgument {}
