import ArgumentParser
import UseCases

/// `availd exclusion revoke`
struct ExclusionRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke an exclusion: it stays in the record, and is applied to nothing.",
        discussion: """
            EXAMPLE
              availd exclusion revoke E3 --reason "the window was never used"
            """)

    @Argument(help: "The exclusion's identifier.")
    var id: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .refused) { try $0.revokeExclusion(id, reason: reason) }
    }
}
