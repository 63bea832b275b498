import ArgumentParser
import Configuration
import Intake
import Interchange
import Ledger
import Platform
import Reporting
import SLA

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

            Nothing is written where a sample contradicts the ledger or lies in the future. The same file twice \
            changes nothing, and an interrupted import goes on when it is given again. The daemon may run, and notices.

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

    @Option(
        name: [.customLong("format"), .customLong("samples-format")],
        help: "What the samples' file is; auto tells by its content, and says so.")
    var format = SamplesFormat.auto

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

    @Option(help: "Who imports. (default: the user)")
    var by: String?

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        guard samples != nil || exclusions != nil else {
            throw ValidationError("Nothing to import: give --samples or --exclusions.")
        }
        var check = ArgumentCheck()
        let by = check.who(by)
        try check.finish()
        let configuration = try config.load(.ignored)
        let now = SystemClock.wall()
        // Both are read before either is written.
        let read = try samples.map { try history(at: $0, configuration, now: now) }
        let claims = try exclusions.map {
            try ExclusionImport(path: $0, catalog: configuration.catalog, at: now, by: by)
        }
        if let read { try await take(read, by: by) }
        if let claims { try take(claims, configuration) }
    }

    // MARK: - Samples

    private func history(at path: String, _ configuration: Configuration, now: Instant) throws -> HistoryImport {
        let map = try map.map { try SeriesMap(path: $0, catalog: configuration.catalog) }
        let (file, history) = try HistoryFile.read(path, as: format, map: map, catalog: configuration.catalog)
        history.note(about: path)
        try history.requireSomething(from: path)
        let work = HistoryImport(path: path, file: file, history: history, configuration: configuration, now: now)
        try work.refuseFuture()
        return work
    }

    private func take(_ work: HistoryImport, by: String) async throws {
        let comparison = try work.comparison()
        if !keepExisting { try work.refuse(comparison.conflicts) }
        let agreement = work.configuration.catalog.agreement
        if let exclusionsOutput {
            let entries = work.history.downtimes.map { ExclusionDocument.Entry($0, revokedBy: nil, reason: nil) }
            try ReportFile.write(ExclusionDocument.csv(entries, under: agreement), to: exclusionsOutput)
            Console.note(
                "\(entries.count) downtimes are written to \(exclusionsOutput); none is admitted without notice")
        } else if !work.history.downtimes.isEmpty {
            Console.note("\(work.history.downtimes.count) downtimes exclude nothing; see --exclusions-output")
        }
        try Console.print(ImportDocument.text(work.summary(comparison), zone: agreement.calendar.zone))
        if dryRun { return Console.note("nothing is written: this is a dry run") }
        guard try comparison.new > 0 || work.isUnfinished() else {
            return Console.note("nothing is written: the ledger has all of it already")
        }
        let outcome = try await work.write(by: by)
        Console.note("recorded \(outcome.recorded) samples")
    }

    // MARK: - Exclusions

    private func take(_ claims: ExclusionImport, _ configuration: Configuration) throws {
        if dryRun { return Console.note("\(claims.entries.count) exclusions; nothing is written: this is a dry run") }
        let ledger = try Ledger(directory: configuration.stateDirectory, access: .recorder)
        defer { try? ledger.close() }
        let outcome = try claims.record(in: ledger)
        Console.note(
            outcome.recorded == 0
                ? "nothing is written: the ledger has all \(outcome.repeated) exclusions already"
                : "recorded \(outcome.recorded) exclusions, \(outcome.repeated) were there already")
        let notice = configuration.catalog.agreement.notice
        for entry in claims.entries where entry.exclusion.revokedAt == nil {
            if let refusal = entry.exclusion.refusal(under: notice) {
                Console.note("\(entry.exclusion.id) is recorded but not admitted: \(refusal)")
            }
        }
    }
}
