import ArgumentParser
import Configuration
import Intake
import Platform
import SLA
import UseCases

/// How it is said what was recorded.
enum ReceiptFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// What every command has that records something.
struct RecordingOptions: ParsableArguments {
    @OptionGroup var recordedBy: RecordedByOption

    @Option(help: "How it is said what was recorded: text for people, json for programs.")
    var format = ReceiptFormat.text

    @OptionGroup var config: ConfigurationOptions

    /// Has `body` record something, and says what.
    ///
    /// - Parameter missing: whether a ledger that is not there is made.
    func record(
        missing: Configuration.MissingLedger, _ body: (Recording) throws -> some Receipt
    ) throws {
        try show(recording(missing: missing, try config.load(.ignored), body))
    }

    /// What `body` records by `configuration`.
    func recording<T>(
        missing: Configuration.MissingLedger, _ configuration: Configuration, _ body: (Recording) throws -> T
    ) throws -> T {
        try namingOptions {
            try configuration.recording(by: recordedBy.name, at: SystemClock.wall(), missing: missing, body)
        }
    }

    /// Says what was recorded.
    func show(_ receipt: some Receipt) throws {
        try Console.print(format == .json ? receipt.json.text : receipt.text)
        for remark in receipt.remarks { Console.note(remark.text(naming: \.option)) }
    }
}

/// Runs `body`; the fields of an invalid request are called by their options.
func namingOptions<T>(_ body: () throws -> T) throws -> T {
    do {
        return try body()
    } catch let invalid as InvalidRequest {
        throw Refusal(invalid.text(naming: \.option))
    }
}

extension RequestField {
    /// The option that gives it: `--notice-at`.
    var option: String { "--" + rawValue.replacing("_", with: "-") }
}
