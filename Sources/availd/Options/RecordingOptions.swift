import ArgumentParser
import Configuration
import Foundation
import Ledger
import Platform
import SLA
import UseCases

/// What a recording command works with.
struct Recording {
    /// Open for recording; closed when the command has done its work.
    let ledger: Ledger
    /// Read and found right.
    let configuration: Configuration
    /// Who records, as it was given or as the system calls the user; whether that can be a name is for the use case
    /// to say.
    let by: String
    /// What the clock shows.
    let now: Instant
}

/// What every command has that records something.
struct RecordingOptions: ParsableArguments {
    @Option(help: "Who records it. (default: the user)")
    var by: String?

    // What --by was called first, and still may be.
    @Option(
        name: [.customLong("recorded-by"), .customLong("revoked-by"), .customLong("planned-by")], help: .hidden)
    var formerBy: String?

    @OptionGroup var config: ConfigurationOptions

    /// Who records: who was named, or else who is at the command line.
    var who: String { by ?? formerBy ?? Self.user }

    /// Who is at the command line.
    static var user: String {
        let environment = ProcessInfo.processInfo.environment
        return environment["SUDO_USER"] ?? environment["USER"] ?? environment["LOGNAME"] ?? NSUserName()
    }

    /// What `body` records in the ledger, which is closed then.
    ///
    /// - Parameters:
    ///   - target: whether a ledger that is not there is made.
    ///   - secrets: whether the configuration's secrets are read.
    func record<T>(
        in target: Target, secrets: SecretsPolicy = .ignored, _ body: (Recording) throws -> T
    ) throws -> T {
        let configuration = try config.load(secrets)
        let now = SystemClock.wall()
        let ledger = try target == .existing ? configuration.existingLedger() : configuration.recordedLedger()
        defer { try? ledger.close() }
        return try body(Recording(ledger: ledger, configuration: configuration, by: who, now: now))
    }

    /// Which ledger is recorded in.
    enum Target {
        /// One that is there: what is recorded is about something in it.
        case existing
        /// One that is made where there is none.
        case madeIfMissing
    }
}
