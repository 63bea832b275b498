import ArgumentParser
import Configuration
import Intake
import Ledger
import Platform
import SLA

/// `availd suspension`
struct SuspensionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspension",
        abstract: "Record that services are locked, unlocked or ended for breach of the terms of use.",
        discussion: """
            Such time is not counted (clause 3.2). A lock is an exclusion without an end; unlocking it revokes that and \
            records the time it lasted, both at once, so that figures as of any instant are those of that instant.
            """,
        subcommands: [SuspensionLock.self, SuspensionUnlock.self, SuspensionTerminate.self])
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

    @Option(help: ArgumentHelp("The first instant. (default: now)", valueName: "instant"))
    var from: InstantArgument?

    @OptionGroup var recordedBy: RecordedByOption

    @OptionGroup var config: ConfigurationOptions

    func validate() throws {
        guard (service == nil) != scope.isEmpty else { throw ValidationError("Give a service, or --scope.") }
    }

    /// Records `act`, and prints the exclusion's identifier.
    func record(_ act: SuspensionAct) throws {
        let configuration = try config.load(.ignored)
        let now = SystemClock.wall()
        var check = ArgumentCheck()
        let terms = check.scope(
            service.map { ["service:" + $0] } ?? scope, catalog: try configuration.everKnownCatalog())
        check.past("--from", from, now: now)
        check.notBlank("--breach", breach, expected: "the term that was broken")
        check.notBlank("--evidence", evidence, expected: "what proves it")
        let by = check.who(recordedBy.name)
        let interval = Interval(from?.instant ?? now, Exclusion.openEnd)
        if interval == nil { check.add("--from", "lies beyond every calendar") }
        try check.finish()
        guard let interval else { preconditionFailure("a missing interval is a mistake") }
        let ledger = try Ledger(directory: configuration.stateDirectory, access: .recorder)
        defer { try? ledger.close() }
        let recorded = try ledger.suspend(
            Exclusion(
                id: "", category: .suspension, scope: terms, interval: interval, evidence: evidence, recordedAt: now,
                recordedBy: by),
            details: ExclusionDetails(act: act, breach: breach), at: now)
        try Console.print(recorded.id + "\n")
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

    @OptionGroup var options: SuspensionOptions

    func run() async throws {
        try options.record(.lock)
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

    @OptionGroup var options: SuspensionOptions

    func run() async throws {
        try options.record(.termination)
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

    @Option(help: ArgumentHelp("The first instant at which it was not locked. (default: now)", valueName: "instant"))
    var at: InstantArgument?

    @Option(help: "Why.")
    var reason = "unlocked"

    @OptionGroup var recordedBy: RecordedByOption

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        let configuration = try config.load(.ignored)
        let now = SystemClock.wall()
        var check = ArgumentCheck()
        check.past("--at", at, now: now)
        check.notBlank("--reason", reason, expected: "why")
        let by = check.who(recordedBy.name)
        try check.finish()
        let id = try lock(configuration)
        let ledger = try Ledger(directory: configuration.stateDirectory, access: .recorder)
        defer { try? ledger.close() }
        let closed = try ledger.unlock(id: id, end: at?.instant ?? now, at: now, by: by, reason: reason)
        try Console.print(closed.id + "\n")
        Console.note("revoked \(id), recorded \(closed.id) for the time it lasted")
    }

    /// The identifier of the lock that is meant.
    private func lock(_ configuration: Configuration) throws -> String {
        try configuration.readableLedger().read { snapshot in
            if try snapshot.exclusion(target) != nil { return target }
            _ = try snapshot.catalogHistory().everKnown(configuration.catalog).requiredService(target)
            let open = try snapshot.openSuspensions().first {
                $0.details.act == .lock && $0.exclusion.scope == [.service(target)]
            }
            guard let open else {
                throw Refusal("\(target) is not locked")
            }
            return open.exclusion.id
        }
    }
}
