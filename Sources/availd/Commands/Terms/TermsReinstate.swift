import ArgumentParser
import Ledger
import Platform
import SLA

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

    @OptionGroup var recordedBy: RecordedByOption

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        var check = ArgumentCheck()
        check.notBlank("--reason", reason, expected: "why")
        let by = check.who(recordedBy.name)
        try check.finish()
        let configuration = try config.load(.ignored)
        let ledger = try configuration.existingLedger()
        defer { try? ledger.close() }
        try ledger.reinstate(id: id, PaidWithdrawal.Reinstatement(at: SystemClock.wall(), by: by, reason: reason))
        Console.note("reinstated \(id)")
    }
}
