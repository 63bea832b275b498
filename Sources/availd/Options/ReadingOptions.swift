import ArgumentParser
import Configuration
import Ledger
import Reporting
import UseCases

/// What every command has that answers from the ledger.
struct ReadingOptions: ParsableArguments {
    @OptionGroup var config: ConfigurationOptions
    @OptionGroup var output: OutputOptions<TextByDefault>

    /// Prints what `answer` makes of the ledger, as ``ConfigurationOptions/read(about:_:)`` gives it.
    func show(
        about services: [String] = [], _ answer: (LedgerSnapshot, Configuration) throws -> any Document
    ) throws {
        try output.print(config.read(about: services, answer))
    }
}

extension ConfigurationOptions {
    /// What `body` makes of one state of the ledger, which is closed then.
    ///
    /// - Parameter services: which services are asked about; where the ledger cannot be read, an unknown one is said
    ///   first.
    func read<T>(about services: [String] = [], _ body: (LedgerSnapshot, Configuration) throws -> T) throws -> T {
        let configuration = try load(.ignored)
        let ledger = try configuration.readableLedger(about: services)
        defer { try? ledger.close() }
        return try ledger.read { try body($0, configuration) }
    }
}
