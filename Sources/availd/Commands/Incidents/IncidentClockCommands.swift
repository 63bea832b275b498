import ArgumentParser
import SLA

/// `availd incident wait`
struct IncidentWait: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait", abstract: "An incident waits for data that the customer has to give: the clock stops.",
        discussion: """
            The deadline holds where the customer has given the data needed to find the cause (clause M2).

            EXAMPLE
              availd incident wait I7 \\
                --reason "the error log of 5 October, asked for by ticket 4711"
            """)

    @OptionGroup var step: IncidentStep

    @Option(help: "The data that are missing, and how they were asked for.")
    var reason: String

    func run() async throws {
        try step.record(.waiting(reason: reason))
    }
}

/// `availd incident resume`
struct IncidentResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "The customer has given the data: the clock goes on.",
        discussion: """
            EXAMPLE
              availd incident resume I7 --at 2026-10-05T14:20:00+07:00
            """)

    @OptionGroup var step: IncidentStep

    func run() async throws { try step.record(.resumed) }
}

/// `availd incident resolve`
struct IncidentResolve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "An incident is handled, or cannot be recovered: the clock ends.",
        discussion: """
            What cannot be recovered ends with the advice that the customer was given: how to restore, and how to \
            limit the harm (clause M3). An end is for good; what comes after it is another incident.

            EXAMPLES
              availd incident resolve I7 --note "power supply replaced" \\
                --at 2026-10-05T16:05:00+07:00
              availd incident resolve I8 --irrecoverable \\
                --advice "restore the copy of 4 October"
            """)

    @OptionGroup var step: IncidentStep

    @Option(help: "What was done.")
    var note = ""

    @Flag(help: "It cannot be recovered.")
    var irrecoverable = false

    @Option(help: "The advice that the customer was given; required with --irrecoverable.")
    var advice: String?

    func validate() throws {
        if advice != nil, !irrecoverable {
            throw ValidationError("--advice goes with --irrecoverable; what was done is said with --note")
        }
        if irrecoverable, advice == nil {
            throw ValidationError("--irrecoverable needs --advice: how to restore, and how to limit the harm (M3)")
        }
        if irrecoverable, !note.isEmpty {
            throw ValidationError("--note says what was done, --irrecoverable that nothing could be: use --advice")
        }
    }

    func run() async throws {
        try step.record(irrecoverable ? .irrecoverable(advice: advice ?? "") : .resolved(note: note))
    }
}
