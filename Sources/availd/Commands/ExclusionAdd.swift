import ArgumentParser
import Ledger
import Monitor
import Platform
import SLA

/// `availd exclusion add`
struct ExclusionAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Record an exclusion, and print its identifier.",
        discussion: """
            Maintenance is admitted where notice was given long enough before (24 h scheduled, 1 h emergency, unless \
            the agreement says otherwise); every other category where evidence is cited. One that is not admitted is \
            recorded all the same, applied to nothing, and named in the reports, with the reason.

            EXAMPLES
              availd exclusion add --category third_party --scope service:acme-web \\
                --from 2026-10-05T09:00:00+07:00 --to 2026-10-05T09:40:00+07:00 --evidence "ticket 4711"
              availd exclusion add --category scheduled_maintenance --scope "group:rack-3 customer:acme" \\
                --from 2026-10-11T02:00:00+07:00 --to 2026-10-11T04:00:00+07:00 \\
                --notice-at 2026-10-09T17:00:00+07:00
            """)

    @Option(
        help:
            "scheduled_maintenance, emergency_maintenance, suspension, customer_misconfiguration, force_majeure or third_party."
    )
    var category: ExclusionCategory

    @Option(help: "all, service:ID, customer:ID or group:NAME; several in one argument or one each.")
    var scope: [String]

    @Option(help: ArgumentHelp("The first instant.", valueName: "instant"))
    var from: InstantArgument

    @Option(help: ArgumentHelp("The first instant after it.", valueName: "instant"))
    var to: InstantArgument

    @Option(help: ArgumentHelp("When the affected customers were told.", valueName: "instant"))
    var noticeAt: InstantArgument?

    @Option(help: "What proves it: a ticket, a letter, a link.")
    var evidence = ""

    @Option(help: "Its identifier. (default: the next of E1, E2, …)")
    var id: String?

    @Option(name: [.customLong("by"), .customLong("recorded-by")], help: "Who records it. (default: the user)")
    var recordedBy: String?

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        try await exiting {
            let configuration = try config.load(.ignored)
            let catalog = try configuration.everKnownCatalog()
            let now = SystemClock.wall()
            let draft = try draft(catalog, now: now)
            let ledger = try Ledger(directory: configuration.stateDirectory, access: .recorder)
            defer { try? ledger.close() }
            let exclusion = try record(draft, in: ledger)
            try Console.print(exclusion.id + "\n")
            if let refusal = exclusion.refusal(under: catalog.agreement.notice) {
                Console.note("\(exclusion.id) is recorded but not admitted: \(refusal)")
            }
        }
    }

    /// The exclusion without its identifier, or every mistake in the arguments.
    private func draft(_ catalog: Catalog, now: Instant) throws -> Exclusion {
        var check = ArgumentCheck()
        let terms = check.scope(scope, catalog: catalog)
        let interval = check.interval(from: from, to: to)
        check.past("--notice-at", noticeAt, now: now)
        check.identifier("--id", id)
        try check.finish()
        guard let interval else { preconditionFailure("a missing interval is a mistake") }
        return Exclusion(
            id: id ?? "", category: category, scope: terms, interval: interval, noticeAt: noticeAt?.instant,
            evidence: evidence, recordedAt: now, recordedBy: recordedBy ?? currentUser())
    }

    /// Records `draft` under its own identifier, or under the next that is free.
    private func record(_ draft: Exclusion, in ledger: Ledger) throws -> Exclusion {
        if id != nil {
            try ledger.record(draft)
            return draft
        }
        var number = try ledger.exclusions().count + 1
        while true {
            var exclusion = draft
            exclusion.id = "E\(number)"
            do {
                try ledger.record(exclusion)
                return exclusion
            } catch ExclusionError.duplicate {
                // Somebody else took it, or gave an identifier of this form by hand.
                number += 1
            }
        }
    }
}

extension ExclusionCategory: ExpressibleByArgument {}
