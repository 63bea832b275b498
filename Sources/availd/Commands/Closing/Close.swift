import ArgumentParser
import Configuration
import Platform
import Reporting
import SLA
import UseCases

/// `availd close`
struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Close a month: its statement, numbered and kept for good; again, it becomes an amendment.",
        discussion: """
            The statement keeps the report's bytes and everything it was computed from. The number is printed, as \
            2026-10/1. Closing the month again compares: where a row or a fact is another, an amendment is kept and \
            each row that changed is listed with the fact that changed it; where nothing is, the number of the \
            statement that stands is printed, and nothing is written.

            Its report is also written into reports/ of the state directory: the month's as 2026-10.csv, an amendment as \
            2026-10.2.csv beside it. What lies there of a closed month is never overwritten.

            A month that has not ended at --as-of is refused. Print a statement with availd statement print.

            EXAMPLES
              availd close --month last --output october.csv
              availd close --month 2026-10 --reason "exclusion E7 was recorded late"
            """)

    @Option(help: "The month, as 2026-10, this or last.", transform: MonthArgument.init)
    var month: MonthArgument

    @OptionGroup var asOf: AsOfOptions

    @Option(help: "Why: shown with the statement.")
    var reason: String?

    @Option(help: "Also write the statement's CSV to this file, whole or not at all; - prints it instead.")
    var output: String?

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        let configuration = try options.config.load(.ignored)
        let time = configuration.time
        let month = month.month(by: time)
        try configuration.requireElsewhere(output)
        let closing = StatementClosing(
            month: month, asOf: try asOf.given(by: time), by: options.recordedBy.name, reason: reason,
            configured: configuration.catalog)
        let progress = Console.Progress("closing \(month)")
        let outcome = try options.recording(missing: .refused, configuration) {
            defer { progress.end() }
            return try closing.close(in: $0.ledger, clock: SystemClock.wall, progress: progress.show)
        }
        try show(outcome)
        try options.config.read { ledger, configuration in
            try ReportFolder(stateDirectory: configuration.stateDirectory).keep(in: ledger, of: month)
        }
        if closing.isSettling(at: outcome.statement.draft.asOf) {
            Console.note("\(month) had not settled: an outage at its end may still be confirmed; close it again")
        }
    }

    private func show(_ outcome: StatementClosing.Outcome) throws {
        let isWritten = if case .closed = outcome { true } else { false }
        let document = ClosingDocument(outcome.statement, isWritten: isWritten)
        try Console.print(output == "-" ? document.csv : document.shown(as: options.format))
        if !isWritten { Console.note("nothing has changed since \(outcome.statement.number), which stands") }
        if let output, output != "-" { try ReportFile.write(document.csv, to: output) }
    }
}
