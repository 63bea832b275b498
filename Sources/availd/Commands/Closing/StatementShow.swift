import ArgumentParser
import Configuration
import Intake
import Ledger
import Reporting
import SLA
import UseCases

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
    var format = ProseFormat.text

    func run() async throws {
        let statement = try config.load(.ignored).requiredStatement(number)
        try Console.print(
            format == .text ? StatementDocument.text(statement) : StatementJSON.text(statement))
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
    /// - Throws: what opening throws; an `Unknown` that says which statements there are.
    func requiredStatement(_ number: StatementNumber) throws -> ClosedStatement {
        try readableLedger().read { snapshot in
            if let statement = try snapshot.statement(number) { return statement }
            let all = try snapshot.statements()
            let known = all.filter { $0.number.month == number.month }.last?.number
            throw Unknown(
                .statement, number.description, among: all.map(\.number.description),
                remark: known.map { "the latest of \(number.month) is \($0)" })
        }
    }
}
