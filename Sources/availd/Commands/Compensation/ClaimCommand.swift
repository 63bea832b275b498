import ArgumentParser
import SLA
import UseCases

/// `availd claim`
struct ClaimCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim",
        abstract: "What customers claim of an incident or a month, what they are answered, and what is agreed.",
        discussion: """
            A claim is opened as the customer asks, answered, and settled once both agree, each with who and when; all \
            of it stays in the record. A claim for an incident belongs to the month in which it opened. What was settled \
            of a month is summed, at most the cap, and stands over what was negotiated or computed for it. A claim that \
            is turned down is answered, and not settled.
            """,
        subcommands: [ClaimOpen.self, ClaimAnswer.self, ClaimSettle.self, ClaimList.self],
        defaultSubcommand: ClaimList.self)
}

/// `availd claim open`
struct ClaimOpen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Record what a customer claims, and print its identifier.",
        discussion: """
            EXAMPLES
              availd claim open acme-web --month 2026-10 --amount 300000 \\
                --reason "the shop was closed for a day" --evidence "letter of 3 November"
              availd claim open acme-web --incident I7 --reason "orders were lost"
            """)

    @Argument(help: "The service.")
    var service: String

    @Option(help: "The month that it is for, as 2026-10, this or last.", transform: MonthArgument.init)
    var month: MonthArgument?

    @Option(help: "The incident that it is for, as I7: the month is that of its opening.")
    var incident: String?

    // A value below zero is no option: it is refused with the reason.
    @Option(parsing: .unconditional, help: "The amount that is asked, where one is named.")
    var amount: String?

    @Option(help: "What is asked, and why.")
    var reason: String

    @Option(help: "What proves it: a letter, a ticket.")
    var evidence = ""

    @OptionGroup var options: RecordingOptions

    func validate() throws {
        if (month == nil) == (incident == nil) { throw ValidationError("expected either --month or --incident") }
    }

    func run() async throws {
        try options.record(missing: .made) { recording in
            let subject: ClaimRequest.Subject =
                if let incident { .incident(incident) } else { .month((month ?? .this).month(by: recording.time)) }
            return try recording.openClaim(
                ClaimRequest(service: service, subject: subject, amount: amount, reason: reason, evidence: evidence))
        }
    }
}

/// `availd claim list`
struct ClaimList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The claims, with what was asked, offered and agreed.",
        discussion: """
            EXAMPLES
              availd claim list --open
              availd claim list --month 2026-10 --customer acme --format csv
            """)

    @Option(help: "Those of this month alone, as 2026-10, this or last.", transform: MonthArgument.init)
    var month: MonthArgument?

    @Option(help: "Those of this customer alone.")
    var customer: String?

    @Flag(help: "Those that are not settled alone.")
    var open = false

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            let time = configuration.time
            return try ledger.claimDocument(
                of: month?.month(by: time), customer: customer, isOpenOnly: open, asOf: asOf.instant(by: time),
                configured: configuration.catalog)
        }
    }
}
