import ArgumentParser
import Configuration
import Intake
import Platform
import Reporting
import SLA
import UseCases

/// What every command has that records something.
struct RecordingOptions: ParsableArguments {
    @OptionGroup var recordedBy: RecordedByOption

    @Option(
        help: "How it is said what was recorded: text for people, json for programs, csv for spreadsheets and scripts.")
    var format = DocumentFormat.text

    @OptionGroup var config: ConfigurationOptions

    /// Has `body` record something, and says what.
    ///
    /// - Parameter missing: whether a ledger that is not there is made.
    func record(
        missing: Configuration.MissingLedger, _ body: (Recording) throws -> some Receipt
    ) throws {
        try recording(missing: missing, try config.load(.ignored), body).show(as: format)
    }

    /// What `body` records by `configuration`.
    func recording<T>(
        missing: Configuration.MissingLedger, _ configuration: Configuration, _ body: (Recording) throws -> T
    ) throws -> T {
        try namingOptions {
            try configuration.recording(by: recordedBy.name, at: SystemClock.wall(), missing: missing, body)
        }
    }

}

extension Receipt {
    /// Says what was recorded, and what a person should know besides.
    func show(as format: DocumentFormat) throws {
        try Console.print(shown(as: format))
        for remark in remarks { Console.note(remark.text(naming: \.option)) }
    }
}

/// Runs `body`; the fields of an invalid request are called by their options.
func namingOptions<T>(_ body: () throws -> T) throws -> T {
    do {
        return try body()
    } catch let invalid as InvalidRequest {
        throw Refusal(lines: invalid.lines(naming: \.option))
    }
}

extension RequestField {
    /// The option that gives it: `--notice-at`.
    var option: String { "--" + rawValue.replacing("_", with: "-") }
}
