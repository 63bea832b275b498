import ArgumentParser
import Configuration
import Intake
import Ledger
import Reporting
import SLA

/// `availd statement`
struct StatementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "List, show and reprint closed months.",
        discussion: """
            A statement is what availd close has kept. It never changes: whatever is recorded or configured later, it \
            prints the same bytes.
            """,
        subcommands: [StatementList.self, StatementShow.self, StatementPrint.self])
}

/// `availd statement list`
struct StatementList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every closing of every month, in the order in which they were closed.",
        discussion: """
            EXAMPLE
              availd statement list --month 2026-10
            """)

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "Only of this month, as 2026-10.")
    var month: CivilMonth?

    @Option(help: "text for people, json for programs.")
    var format = DocumentFormat.text

    func run() async throws {
        try await exiting {
            let statements = try config.load(.ignored).readableLedger().read { try $0.statements(of: month) }
            try Console.print(
                format == .text ? StatementDocument.list(statements) : StatementJSON.list(statements))
        }
    }
}

/// `availd statement show`
struct StatementShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Who closed a month when, its digests, and what an amendment changed and why.",
        discussion: """
            EXAMPLE
              availd statement show 2026-10/2
            """)

    @Argument(help: "The statement, as 2026-10/1.")
    var number: StatementNumber

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "text for people, json for programs.")
    var format = DocumentFormat.text

    func run() async throws {
        try await exiting {
            let statement = try config.load(.ignored).requiredStatement(number)
            try Console.print(
                format == .text ? StatementDocument.text(statement) : StatementJSON.text(statement))
        }
    }
}

/// `availd statement print`
struct StatementPrint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print", abstract: "The CSV of a closed month, byte for byte as it was closed.",
        discussion: """
            EXAMPLES
              availd statement print 2026-10/1
              availd statement print 2026-10/2 --output october-amended.csv
            """)

    @Argument(help: "The statement, as 2026-10/1.")
    var number: StatementNumber

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "The file to write, whole or not at all; - or none is standard output.")
    var output: String?

    func run() async throws {
        try await exiting {
            let csv = String(decoding: try config.load(.ignored).requiredStatement(number).draft.csv, as: UTF8.self)
            try Console.print(csv, to: output)
        }
    }
}

extension StatementNumber: ExpressibleByArgument {
    /// The statement written `2026-10/1`.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension Configuration {
    /// The statement called `number`.
    ///
    /// - Throws: what opening throws; a ``Failure`` that says which statements there are.
    fileprivate func requiredStatement(_ number: StatementNumber) throws -> ClosedStatement {
        try readableLedger().read { snapshot in
            if let statement = try snapshot.statement(number) { return statement }
            let all = try snapshot.statements()
            let known = all.filter { $0.number.month == number.month }.last?.number
            let nearest = nearestName(to: number.description, among: all.map(\.number.description))
            let hint = known.map { "; the latest of \(number.month) is \($0)" } ?? didYouMean(nearest)
            throw Failure(status: ExitStatus.usage, message: "there is no statement \(number)" + hint)
        }
    }
}
