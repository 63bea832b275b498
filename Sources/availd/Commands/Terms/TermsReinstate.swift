import ArgumentParser
import UseCases

/// `availd terms reinstate`
struct TermsReinstate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reinstate",
        abstract: "End a withdrawal: the time counts again as the records say. Both stay in the record.",
        discussion: """
            EXAMPLE
              availd terms reinstate W1 --reason "invoice 4711 was paid after all"
            """)

    @Argument(help: "The withdrawal's identifier.")
    var id: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .refused) { try $0.reinstatePaidTime(id, reason: reason) }
    }
}
