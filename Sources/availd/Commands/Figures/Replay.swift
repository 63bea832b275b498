import ArgumentParser
import SLA
import UseCases

/// `availd replay`
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The monthly report from files alone; touches no ledger.",
        discussion: """
            Two people with the same files and the same --as-of get the same digits.

            samples.csv has the header at,service,state and, optionally, check, latency_ms, cause, family, \
            pass, pass_ends; exclusions.csv has \
            id,category,scope,from,to,notice_at,evidence,recorded_at,recorded_by,revoked_at; voids.csv has \
            id,kind,scope,from,to,reason,evidence,recorded_at,recorded_by,revoked_at; settlements.csv has \
            kind,id,month,service,incident,step,amount,reason,evidence,recorded_at,recorded_by; rules.csv is what \
            availd rules list --format csv writes, and without it the configuration counts for all time. Instants are \
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

    @Option(help: ArgumentHelp("The samples; - is standard input.", valueName: "file"))
    var samples: String

    @Option(help: "What the samples' file is; auto tells by its content.")
    var samplesFormat = SamplesFormat.auto

    @Option(
        help: ArgumentHelp("Which series of another monitor is which check: from,service,check.", valueName: "file"))
    var map: String?

    @Option(help: ArgumentHelp("The exclusions.", valueName: "file"))
    var exclusions: String?

    @Option(help: ArgumentHelp("The voids and downtimes.", valueName: "file"))
    var voids: String?

    @Option(help: ArgumentHelp("How each check was measured, since when: rules.csv.", valueName: "file"))
    var rules: String?

    @Option(help: ArgumentHelp("What people have said of compensation.", valueName: "file"))
    var settlements: String?

    @Option(help: "The month, as 2026-10, this or last.", transform: MonthArgument.init)
    var month: MonthArgument

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var config: ConfigurationOptions
    @OptionGroup var output: OutputOptions<CSVByDefault>

    func run() async throws {
        let configuration = try config.load(.ignored)
        let (time, catalog) = (configuration.time, configuration.catalog)
        let (month, asOf) = (month.month(by: time), try asOf.instant(by: time))
        let evidence = try read(catalog)
        evidence.history.note(about: samples)
        try evidence.history.requireSomething(from: samples)
        try output.print(evidence.report(of: month, asOf: asOf, catalog: catalog))
    }

    /// All the files, or every mistake in any.
    private func read(_ catalog: Catalog) throws -> Evidence {
        let progress = Console.Progress("reading \(samples)")
        defer { progress.end() }
        return try Evidence(
            samples: samples, as: samplesFormat.format, map: map, exclusions: exclusions, voids: voids,
            rules: rules, settlements: settlements, catalog: catalog, progress: progress.show)
    }
}
