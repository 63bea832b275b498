import ArgumentParser
import Ledger
import Platform
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

    @Option(name: [.customLong("by"), .customLong("revoked-by")], help: "Who revokes it. (default: the user)")
    var revokedBy: String?

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        var check = ArgumentCheck()
        check.notBlank("--reason", reason, expected: "why")
        let by = check.who(revokedBy)
        try check.finish()
        let configuration = try config.load(.ignored)
        let ledger = try configuration.existingLedger()
        defer { try? ledger.close() }
        try ledger.revoke(id: id, at: SystemClock.wall(), by: by, reason: reason)
        Console.note("revoked \(id)")
    }
}
