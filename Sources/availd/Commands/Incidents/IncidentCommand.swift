import ArgumentParser
import SLA

/// `availd incident`
struct IncidentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incident",
        abstract: "Follow incidents from their opening to their end, against the handling deadline.",
        discussion: """
            An outage opens an incident by itself; outages of services that share an address or a group, at about \
            the same time, are one incident. It must be handled within 24 h, or 48 h where it opens on a rest day, \
            unless the agreement says otherwise (clauses W1, M2). The clock is that on the wall, and stops while \
            the incident waits for the customer's data. Nobody but a person says that an incident is handled.

            The history is only ever added to. These commands work while the daemon runs, which notices within a \
            second.
            """,
        subcommands: [
            IncidentListCommand.self, IncidentShow.self, IncidentOpen.self, IncidentAcknowledge.self,
            IncidentClassify.self, IncidentWait.self, IncidentResume.self, IncidentResolve.self, IncidentNote.self,
        ])
}

/// `availd incident ack`
struct IncidentAcknowledge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack", abstract: "Take an incident on: somebody works at it.",
        discussion: """
            The clock goes on.

            EXAMPLE
              availd incident ack I7 --by lan
            """)

    @OptionGroup var step: IncidentStep

    func run() async throws { try step.record(.acknowledged) }
}

/// `availd incident note`
struct IncidentNote: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Add a remark to an incident's history, also after its end.",
        discussion: """
            EXAMPLE
              availd incident note I7 \\
                --text "the vendor confirms a broken power supply, case 88412"
            """)

    @OptionGroup var step: IncidentStep

    @Option(help: "The remark.")
    var text: String

    func run() async throws { try step.record(.noted(text)) }
}

/// `availd incident classify`
struct IncidentClassify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify", abstract: "Say which promise an incident falls under, and so whether it is charged.",
        discussion: """
            warranty      a fault inside the warranty (W1)
            upkeep        a fault from use and operation, advice, training (M1, M2)
            out_of_scope  a condition of W2 was broken: recovered at the customer's cost (W3)

            The conditions of W2 are that the guide was followed, and that nobody tampered with the technical parts; \
            --reason must say which one was broken. The latest class is the one that holds, also where it is given \
            after the end; all of them stay in the history.

            EXAMPLES
              availd incident classify I7 warranty
              availd incident classify I8 out_of_scope \\
                --reason "W2: the customer opened the server"
            """)

    @OptionGroup var step: IncidentStep

    @Argument(help: "warranty, upkeep or out_of_scope.")
    var classification: IncidentClass

    @Option(help: "Why; for out_of_scope, the condition of W2 that was broken.")
    var reason = ""

    func run() async throws {
        try step.record(.classified(classification, reason: reason))
    }
}

extension IncidentClass: ExpressibleByArgument {}
