import ArgumentParser
import Configuration
import Ledger
import Monitor
import Platform
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

    @Option(help: ArgumentHelp("The first instant.", valueName: "instant"))
    var from: InstantArgument?

    @Option(help: ArgumentHelp("The first instant after it.", valueName: "instant"))
    var to: InstantArgument?

    @Option(
        help: ArgumentHelp(
            "The outage it is about, instead of --scope, --from and --to.", valueName: "service@instant"))
    var outage: OutageArgument?

    @Option(help: ArgumentHelp("When the affected customers were told.", valueName: "instant"))
    var noticeAt: InstantArgument?

    @Option(help: "What proves it: a ticket, a letter, a link.")
    var evidence = ""

    @Option(help: "Its identifier. (default: the next of E1, E2, …)")
    var id: String?

    @OptionGroup var recordedBy: RecordedByOption

    @OptionGroup var config: ConfigurationOptions

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
        let configuration = try config.load(.ignored)
        let catalog = try configuration.everKnownCatalog()
        let now = SystemClock.wall()
        let draft = try draft(configuration, catalog, now: now)
        let ledger = try Ledger(directory: configuration.stateDirectory, access: .recorder)
        defer { try? ledger.close() }
        for exclusion in try ledger.amend(ExclusionAmendment(recording: [draft])) {
            try Console.print(exclusion.id + "\n")
            if category == .forceMajeure, kind == nil {
                Console.note(
                    "\(exclusion.id) does not say what happened: --kind names it, \(Self.kinds) (clause 3.4)")
            }
            if let refusal = exclusion.refusal(under: catalog.agreement.notice) {
                Console.note("\(exclusion.id) is recorded but not admitted: \(refusal)")
            }
        }
    }

    /// The exclusion, without an identifier unless one is given, or every mistake in the arguments.
    private func draft(
        _ configuration: Configuration, _ catalog: Catalog, now: Instant
    ) throws -> ExclusionAmendment.Entry {
        var check = ArgumentCheck()
        checkKind(&check)
        check.past("--notice-at", noticeAt, now: now)
        check.identifier("--id", id)
        let by = check.who(recordedBy.name)
        let target = try target(configuration, catalog, now: now, &check)
        try check.finish()
        guard let target else { preconditionFailure("a missing interval is a mistake") }
        let measured = outage.map { ExclusionDetails.Outage(service: $0.service, start: target.interval.start) }
        return ExclusionAmendment.Entry(
            Exclusion(
                id: id ?? "", category: category, scope: target.scope, interval: target.interval,
                noticeAt: noticeAt?.instant, evidence: evidence, recordedAt: now, recordedBy: by),
            details: ExclusionDetails(kind: kind, outage: measured))
    }

    private static let kinds = ForceMajeureKind.allCases.map(\.rawValue).joined(separator: ", ")

    private func checkKind(_ check: inout ArgumentCheck) {
        if kind != nil, category != .forceMajeure {
            check.add("--kind", "\(category.rawValue) has no kind, expected it with force_majeure only")
        }
    }

    /// Whom it concerns, and when.
    private func target(
        _ configuration: Configuration, _ catalog: Catalog, now: Instant, _ check: inout ArgumentCheck
    ) throws -> (scope: [ScopeTerm], interval: Interval)? {
        if let outage {
            let categories: [ExclusionCategory] = [.customerMisconfiguration, .forceMajeure, .thirdParty]
            guard categories.contains(category) else {
                let names = categories.map(\.rawValue).joined(separator: ", ")
                check.add("--outage", "\(category.rawValue) answers no outage, expected one of \(names)")
                return nil
            }
            guard let measured = try outage.interval(configuration, catalog, now: now, &check) else { return nil }
            return ([.service(outage.service)], measured)
        }
        let terms = check.scope(scope, catalog: catalog)
        guard let from, let to, let interval = check.interval(from: from, to: to) else { return nil }
        return (terms, interval)
    }
}

extension ForceMajeureKind: ExpressibleByArgument {}

extension ExclusionCategory: ExpressibleByArgument {}
