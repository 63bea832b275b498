import ArgumentParser
import Ledger
import Reporting
import SLA
import UseCases

/// `availd import list`
struct ImportList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every import, with the file's digest, who made it, and what became of it.",
        discussion: """
            EXAMPLES
              availd import list
              availd import list --format json
            """)

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "text for people, json for programs.")
    var format = ProseFormat.text

    func run() async throws {
        let configuration = try config.load(.ignored)
        let zone = configuration.catalog.agreement.calendar.zone
        let entries = try configuration.readableLedger().imports()
        try Console.print(
            format == .text ? ImportDocument.text(entries, zone: zone) : ImportDocument.json(entries, zone: zone))
    }
}
