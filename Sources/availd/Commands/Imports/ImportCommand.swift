import ArgumentParser
import Configuration
import Interchange
import Platform
import Reporting
import SLA
import UseCases

/// `availd import`: what follows it is of ``ImportHistory`` unless a subcommand is named.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take history from elsewhere into the ledger.",
        discussion: """
            What other monitors export is read as well; availd import history --help says what is made of it.

            EXAMPLES
              availd import --samples samples.csv --dry-run
              availd import --samples prometheus.json --map map.csv
              availd import --exclusions exclusions.csv
            """,
        subcommands: [ImportHistory.self, ImportList.self], defaultSubcommand: ImportHistory.self)
}

/// `availd import --samples`, `--exclusions`
struct ImportHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Take samples and exclusions of the past; import without a subcommand is the same.",
        discussion: """
            --samples reads samples.csv and what other monitors export:
              prometheus   the HTTP API's answer about probe_success: 1 is up, 0 down, NaN unknown. Query for the \
            range vector, which is exact; a range query's step repeats the last value for up to 5 min.
              uptime-kuma  heartbeats, as JSON or as rows of the table heartbeat, in UTC: up; down and pending are \
            down; maintenance is unknown, for Kuma did not probe.
              nagios       logs, in the order of time: alerts are samples; where the log shows that Nagios ran and a \
            state held, samples are derived at the check's interval, and say so. Downtimes exclude nothing: \
            --exclusions-output writes them down, for a person to add the notice.

            A series is taken where its name is a service's identifier or a check's address, or where --map says so: \
            a CSV file from,service,check, whose from is the name, the monitor's number, host;service, or labels.

            Samples that are further apart, or nearer to each other, than their check is read to be probed are said \
            before anything is written, each check with the correction that mends it: availd rules correct.

            Nothing is written where a sample or an exclusion contradicts the ledger or lies in the future. The same \
            file twice changes nothing, and an interrupted import goes on when it is given again. The daemon may run, \
            and notices.

            --exclusions takes exclusions.csv. They are recorded now, by whoever imports them: what the file says of \
            its own recording is kept beside, and figures as of an earlier instant stay as they were.

            EXAMPLES
              availd import --samples samples.csv --dry-run
              curl -s 'http://prometheus:9090/api/v1/query?query=probe_success[31d]' | \\
                availd import --samples - --map map.csv
              sqlite3 -header -csv kuma.db 'select * from heartbeat' | \\
                availd import --samples - --map map.csv
              cat archives/nagios-10-*.log | \\
                availd import --samples - --map map.csv --exclusions-output downtimes.csv
              availd import --exclusions exclusions.csv
            """)

    @Option(help: ArgumentHelp("The samples; - is standard input.", valueName: "file"))
    var samples: String?

    @Option(help: "What the samples' file is; auto tells by its content, and says so.")
    var samplesFormat = SamplesFormat.auto

    @Option(
        help: ArgumentHelp("Which series of another monitor is which check: from,service,check.", valueName: "file"))
    var map: String?

    @Option(
        help: ArgumentHelp(
            "Where the downtimes of another monitor are written, as exclusions without notice.", valueName: "file"))
    var exclusionsOutput: String?

    @Option(help: ArgumentHelp("The exclusions.", valueName: "file"))
    var exclusions: String?

    @Flag(help: "Where a sample contradicts the ledger, keep what the ledger has, and take the rest.")
    var keepExisting = false

    @Flag(help: "Say what would be taken, and write nothing.")
    var dryRun = false

    @Option(
        help: "How it is said what was taken: text for people, json for programs, csv for spreadsheets and scripts.")
    var format = ImportFormat.shown(.text)

    @OptionGroup var recordedBy: RecordedByOption

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        guard samples != nil || exclusions != nil else {
            throw ValidationError("Nothing to import: give --samples or --exclusions.")
        }
        try recordedBy.require()
        let configuration = try config.load(.ignored)
        let now = SystemClock.wall()
        // Both are read before either is written.
        let history = try samples.map { try readHistory($0, configuration.catalog, now: now) }
        if let history {
            // Before anything is written.
            for warning in try configuration.cadenceWarnings(of: history, at: now) {
                Console.note("warning: \(warning)")
            }
        }
        let claims = try exclusions.map { try readExclusions($0, configuration.catalog, now: now) }
        let receipt = try await take(
            ImportRequest(history: history, exclusions: claims, keepExisting: keepExisting, isDryRun: dryRun),
            configuration, now: now)
        if let history { try writeDowntimes(history.history.downtimes, under: configuration.catalog.agreement) }
        try receipt.show(as: format.shown)
    }

    private func take(
        _ request: ImportRequest, _ configuration: Configuration, now: Instant
    ) async throws -> ImportReceipt {
        let progress = Console.Progress("recording")
        defer { progress.end() }
        return try await configuration.importing(
            request, by: recordedBy.name, at: now, clock: SystemClock.wall, progress: progress.show)
    }

    // MARK: - Samples

    private func readHistory(_ path: String, _ catalog: Catalog, now: Instant) throws -> HistoryImport {
        let map = try map.map { try SeriesMap(path: $0, catalog: catalog) }
        let (file, history) = try HistoryFile.read(
            path, as: format.samples ?? samplesFormat, map: map, catalog: catalog)
        history.note(about: path)
        try history.requireSomething(from: path)
        return try HistoryImport(history, from: file, in: catalog.agreement.calendar.zone, at: now)
    }

    private func writeDowntimes(_ downtimes: [Exclusion], under agreement: Agreement) throws {
        if let exclusionsOutput {
            let entries = downtimes.map { ExclusionDocument.Entry($0, revokedBy: nil, reason: nil) }
            try ReportFile.write(ExclusionDocument(entries, under: agreement).csv, to: exclusionsOutput)
            Console.note(
                "\(entries.count) downtimes are written to \(exclusionsOutput); none is admitted without notice")
        } else if !downtimes.isEmpty {
            Console.note("\(downtimes.count) downtimes exclude nothing; see --exclusions-output")
        }
    }

    // MARK: - Exclusions

    private func readExclusions(_ path: String, _ catalog: Catalog, now: Instant) throws -> ExclusionImportRequest {
        let (exclusions, size, digest) = try ExclusionFile.recorded(path: path, catalog: catalog)
        return try ExclusionImportRequest(
            exclusions, path: path, size: size, digest: digest, in: catalog.agreement.calendar.zone, at: now,
            by: recordedBy.name)
    }
}
