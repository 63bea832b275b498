import ArgumentParser
import Intake
import Interchange
import SLA

/// `availd replay`
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The monthly report from files alone; touches no ledger.",
        discussion: """
            Two people with the same three files and the same --as-of get the same digits.

            samples.csv has the header at,service,state and, optionally, check, latency_ms, cause; exclusions.csv \
            has id,category,scope,from,to,notice_at,evidence,recorded_at,recorded_by,revoked_at. Instants are \
            RFC 3339 with an offset, or milliseconds since the epoch. A bad line is named with its number, and then \
            there is no report.

            EXAMPLE
              availd replay --config availd.yaml --samples samples.csv --month 2026-10 --format text
            """)

    @OptionGroup var config: ConfigurationOptions

    @Option(help: ArgumentHelp("The samples; - is standard input.", valueName: "file"))
    var samples: String

    @Option(help: ArgumentHelp("The exclusions.", valueName: "file"))
    var exclusions: String?

    @Option(help: "The month, as 2026-10.")
    var month: CivilMonth

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var output: ReportOutput

    func run() async throws {
        try await exiting {
            let catalog = try config.load(.ignored).catalog
            let evidence = try read(catalog)
            let instant = asOf.instant
            let inputs = FigureInputs(
                month: month, asOf: instant, catalog: catalog, exclusions: evidence.exclusions)
            let report = MonthlyReport(inputs) { service in
                ServiceTimeline(of: service) { check, timeline in
                    for sample in evidence.samples.series[check] ?? [] where sample.at <= instant {
                        timeline.append(sample)
                    }
                }
            }
            try output.write(report)
        }
    }

    /// Both files, or every mistake in either.
    private func read(_ catalog: Catalog) throws -> (samples: SampleFile, exclusions: [Exclusion]) {
        let progress = Console.Progress("reading \(samples)")
        defer { progress.end() }
        var mistakes: [Diagnostic] = []
        func collecting<T>(_ body: () throws -> T) throws -> T? {
            do {
                return try body()
            } catch let diagnostics as Diagnostics {
                mistakes += diagnostics.all
                return nil
            }
        }
        let sampleFile = try collecting {
            try SampleFile(path: samples, catalog: catalog, progress: progress.show)
        }
        let recorded = try collecting {
            try exclusions.map { try ExclusionFile.exclusions(path: $0, catalog: catalog) } ?? []
        }
        guard let sampleFile, let recorded else { throw Diagnostics(mistakes) }
        return (sampleFile, recorded)
    }
}
