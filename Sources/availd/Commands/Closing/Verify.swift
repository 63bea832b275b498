import ArgumentParser
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

    @Flag(help: "Leave out what takes long: indexes, samples, and computing anew.")
    var quick = false

    @Option(help: "The seal of a statement as it was kept elsewhere: damage where no statement has it.")
    var seal: String?

    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        let verification = try verification(of: reading.config.load(.ignored).stateDirectory)
        try reading.output.print(verification)
        if !verification.isSound { throw ExitCode(1) }
    }

    private func verification(of directory: String) throws -> Verification {
        let progress = Console.Progress("verifying")
        defer { progress.end() }
        return try LedgerVerification.verify(
            directory: directory, quick: quick, seal: seal, progress: progress.show)
    }
}
