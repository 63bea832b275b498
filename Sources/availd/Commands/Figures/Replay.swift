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

            The samples of another monitor are read as well: Prometheus' answer about probe_success, heartbeats of \
            Uptime Kuma, logs of Nagios. See availd import history --help for what is made of them.

            EXAMPLES
              availd replay --config availd.yaml --samples samples.csv --month 2026-10 \\
                --format text
              availd replay --config availd.yaml --samples prometheus.json --map map.csv \\
                --month 2026-10
            """)

    @OptionGroup var config: ConfigurationOptions

    @Option(help: ArgumentHelp("The samples; - is standard input.", valueName: "file"))
    var samples: String

    @Option(help: "What the samples' file is; auto tells by its content.")
    var samplesFormat = SamplesFormat.auto

    @Option(
        help: ArgumentHelp("Which series of another monitor is which check: from,service,check.", valueName: "file"))
    var map: String?

    @Option(help: ArgumentHelp("The exclusions.", valueName: "file"))
    var exclusions: String?

    @Option(help: "The month, as 2026-10.")
    var month: CivilMonth

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var output: ReportOutput

    func run() async throws {
        let catalog = try config.load(.ignored).catalog
        let evidence = try read(catalog)
        let instant = asOf.instant
        let inputs = FigureInputs(
            month: month, asOf: instant, catalog: catalog, exclusions: evidence.exclusions)
        let report = MonthlyReport(inputs) { service in
            ServiceTimeline(of: service) { check, timeline in
                for entry in evidence.samples.series[check] ?? [] where entry.sample.at <= instant {
                    timeline.append(entry.sample)
                }
            }
        }
        try output.write(report)
    }

    /// Both files, or every mistake in either.
    private func read(_ catalog: Catalog) throws -> (samples: History, exclusions: [Exclusion]) {
        var mistakes: [Diagnostic] = []
        var hidden = 0
        func collecting<T>(_ body: () throws -> T) throws -> T? {
            do {
                return try body()
            } catch let diagnostics as Diagnostics {
                mistakes += diagnostics.all
                hidden += diagnostics.hidden
                return nil
            }
        }
        let rules: SeriesMap? = try map.flatMap { path in
            try collecting { try SeriesMap(path: path, catalog: catalog) }
        }
        // With a map that has mistakes, the file is still looked through for its own.
        let history = try collecting {
            try HistoryFile.read(samples, as: samplesFormat, map: rules, catalog: catalog).history
        }
        let recorded = try collecting {
            try exclusions.map { try ExclusionFile.exclusions(path: $0, catalog: catalog) } ?? []
        }
        guard mistakes.isEmpty, let history, let recorded else { throw Diagnostics(mistakes, hidden: hidden) }
        history.note(about: samples)
        try history.requireSomething(from: samples)
        return (history, recorded)
    }
}
