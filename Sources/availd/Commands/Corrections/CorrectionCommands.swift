import ArgumentParser
import SLA
import UseCases

/// `availd void`, `availd downtime`
struct CorrectionCommand<Noun: CorrectionNoun>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Noun.kind.rawValue, abstract: Noun.abstract,
            discussion: """
                \(Noun.meaning)

                It is never edited and never deleted: it is revoked, and another is recorded. These commands work \
                while the daemon runs, which notices within a second.
                """,
            subcommands: [CorrectionAdd<Noun>.self, CorrectionList<Noun>.self, CorrectionRevoke<Noun>.self])
    }
}

/// `availd void add`, `availd downtime add`
struct CorrectionAdd<Noun: CorrectionNoun>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add", abstract: "Record a \(Noun.kind.rawValue), and print its identifier.",
            discussion: """
                \(Noun.meaning)

                EXAMPLE
                  \(Noun.example)
                """)
    }

    @Option(help: ArgumentHelp(stringLiteral: Noun.scope))
    var scope: [String]

    @Option(help: ArgumentHelp("The first instant.", valueName: "instant"), transform: InstantArgument.init)
    var from: InstantArgument

    @Option(help: ArgumentHelp("The first instant after it.", valueName: "instant"), transform: InstantArgument.init)
    var to: InstantArgument

    @Option(help: "Why the record is wrong.")
    var reason: String

    @Option(help: "What proves it: a ticket, a log, a link.")
    var evidence = ""

    @Option(help: "Its identifier. (default: the next of \(Noun.kind.letter)1, \(Noun.kind.letter)2, …)")
    var id: String?

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .made) {
            try $0.addCorrection(
                CorrectionRequest(
                    kind: Noun.kind, scope: scope, from: from.instant(.from, by: $0.time),
                    to: to.instant(.to, by: $0.time), reason: reason, evidence: evidence, id: id))
        }
    }
}

/// `availd void list`, `availd downtime list`
struct CorrectionList<Noun: CorrectionNoun>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: "Every \(Noun.kind.rawValue), the revoked ones too, by its beginning.",
            discussion: """
                The CSV is what availd replay --voids reads.

                EXAMPLES
                  availd \(Noun.kind.rawValue) list
                  availd \(Noun.kind.rawValue) list --format csv > voids.csv
                """)
    }

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            try ledger.correctionDocument(
                of: Noun.kind, asOf: asOf.instant(by: configuration.time),
                in: configuration.catalog.agreement.calendar.zone)
        }
    }
}

/// `availd void revoke`, `availd downtime revoke`
struct CorrectionRevoke<Noun: CorrectionNoun>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "revoke",
            abstract: "Revoke a \(Noun.kind.rawValue): it stays in the record, and is applied to nothing.",
            discussion: """
                EXAMPLE
                  availd \(Noun.kind.rawValue) revoke \(Noun.kind.letter)3 --reason "it was the target after all"
                """)
    }

    @Argument(help: "Its identifier.")
    var id: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .refused) { try $0.revokeCorrection(id, of: Noun.kind, reason: reason) }
    }
}
