import ArgumentParser
import SLA
import UseCases

/// `availd suspension`
struct SuspensionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspension",
        abstract: "Record and list that services are locked, unlocked or ended for breach of the terms of use.",
        discussion: """
            Such time is not counted (clause 3.2). A lock is an exclusion without an end; unlocking it revokes that and \
            records the time it lasted, both at once, so that figures as of any instant are those of that instant.
            """,
        subcommands: [SuspensionList.self, SuspensionLock.self, SuspensionUnlock.self, SuspensionTerminate.self])
}

/// What a lock and an end have in common.
struct SuspensionOptions: ParsableArguments {
    @Argument(help: "The service; or --scope.")
    var service: String?

    @Option(help: "all, service:ID, customer:ID or group:NAME; several in one argument or one each.")
    var scope: [String] = []

    @Option(help: "The term that was broken, and how.")
    var breach: String

    @Option(help: "What proves it: a ticket, a letter, a link.")
    var evidence: String

    @Option(
        help: ArgumentHelp("The first instant. (default: now)", valueName: "instant"), transform: InstantArgument.init)
    var from: InstantArgument?

    @OptionGroup var options: RecordingOptions

    func validate() throws {
        guard (service == nil) != scope.isEmpty else { throw ValidationError("Give a service, or --scope.") }
    }

    /// Records `act`.
    func record(_ act: SuspensionAct) throws {
        try options.record(missing: .made) {
            try $0.suspend(
                SuspensionRequest(
                    act: act, service: service, scope: scope, breach: breach, evidence: evidence,
                    from: from?.instant(.from, by: $0.time)))
        }
    }
}

/// `availd suspension lock`
struct SuspensionLock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock", abstract: "Record that services are locked, until they are unlocked.",
        discussion: """
            EXAMPLE
              availd suspension lock acme-web --breach "clause 4: unsolicited mail" \\
                --evidence "ticket 4713"
            """)

    @OptionGroup var suspension: SuspensionOptions

    func run() async throws {
        try suspension.record(.lock)
    }
}

/// `availd suspension terminate`
struct SuspensionTerminate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terminate", abstract: "Record that services are ended; a lock of the same ones is closed.",
        discussion: """
            EXAMPLE
              availd suspension terminate acme-web \\
                --breach "clause 4, for the third time" --evidence "letter 12/2026"
            """)

    @OptionGroup var suspension: SuspensionOptions

    func run() async throws {
        try suspension.record(.termination)
    }
}

/// `availd suspension unlock`
struct SuspensionUnlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock", abstract: "Record that a lock has ended, and print the exclusion that it became.",
        discussion: """
            EXAMPLES
              availd suspension unlock acme-web
              availd suspension unlock E7 --at 2026-10-05T10:00:00+07:00
            """)

    @Argument(help: "The lock's identifier, or the service where it alone was locked.")
    var target: String

    @Option(
        help: ArgumentHelp("The first instant at which it was not locked. (default: now)", valueName: "instant"),
        transform: InstantArgument.init)
    var at: InstantArgument?

    @Option(help: "Why.")
    var reason = "unlocked"

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .refused) {
            try $0.unlock(UnlockRequest(target, at: at?.instant(.at, by: $0.time), reason: reason))
        }
    }
}
