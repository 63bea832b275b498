import ArgumentParser
import Intake
import Ledger
import Monitor
import Reporting
import UseCases

/// `availd verify`
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The ledger's integrity, and every kept statement recomputed.",
        discussion: """
            Checks the database file, the triggers that refuse to change or delete facts, the seals from statement to \
            statement, and computes each statement again from what is kept with it: the bytes must be the same, and \
            the samples and exclusions it rests on must still be in the ledger as they were.

            Facts that came after a month was closed are notices, not damage: close the month again. The exit status \
            is 0 where no damage was found, 1 where some was.

            The seal of the last statement, kept elsewhere and given as --seal, also proves that no statement was taken \
            away since, nor forged with all its digests.

            EXAMPLES
              availd verify
              availd verify --quick --format json
            """)

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "text for people, json for programs.")
    var format = ProseFormat.text

    @Flag(help: "Leave out what takes long: indexes, samples, and computing anew.")
    var quick = false

    @Option(help: "The seal of a statement as it was kept elsewhere: damage where no statement has it.")
    var seal: String?

    func run() async throws {
        var check = ArgumentCheck()
        if let seal, seal.wholeMatch(of: /[0-9a-f]{64}/) == nil {
            check.add("--seal", "found \(Diagnostic.quoted(seal)), expected 64 hexadecimal digits")
        }
        try check.finish()
        let verification = try verification(of: config.load(.ignored).stateDirectory)
        try Console.print(format == .text ? verification.text : verification.json)
        if !verification.isSound { throw ExitCode(1) }
    }

    private func verification(of directory: String) throws -> Verification {
        let progress = Console.Progress("verifying")
        defer { progress.end() }
        do {
            let ledger = try Ledger(directory: directory, access: .reader)
            return try ledger.read { snapshot in
                try LedgerVerification.verify(snapshot, path: ledger.path, quick: quick, seal: seal) {
                    progress.show($0)
                }
            }
        } catch LedgerError.damaged(let path, let reason) {
            var verification = Verification(path: path, isQuick: quick)
            verification.damage("ledger", reason)
            return verification
        }
    }
}
