import ArgumentParser
import SLA
import UseCases

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
    var id: String

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "The file to write, whole or not at all; - or none is standard output.")
    var output: String?

    func run() async throws {
        let statement = try config.read { ledger, _ in try ledger.requiredStatement(id) }
        try Console.print(String(decoding: statement.draft.csv, as: UTF8.self), to: output)
    }
}
