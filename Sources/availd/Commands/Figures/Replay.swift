import ArgumentParser
import Interchange
import SLA
import UseCases

/// `availd replay`
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The monthly report from files alone; touches no ledger.",
        discussion: """
            Two people with the same files and the same --as-of get the same digits; availd export writes them all \
            into a folder, and --from reads that.

            samples.csv has the header at,service,state and, optionally, check, latency_ms, cause, vantage, family, \
            derived, pass, pass_ends, known_at; exclusions.csv has \
            id,category,scope,from,to,notice_at,evidence,recorded_at,recorded_by,revoked_at; voids.csv has \
            id,kind,scope,from,to,reason,evidence,recorded_at,recorded_by,revoked_at; settlements.csv has \
            kind,id,month,service,incident,step,amount,reason,evidence,recorded_at,recorded_by; rules.csv is what \
            availd rules list --format csv writes, agreements.csv has known_at and the agreement's settings (objective, \
            notice_scheduled, compensation_tiers, …), terms.csv has service,from,to,price,known_at,withdrawn_at,reason; \
            without them the configuration counts for all time. Instants are \
            RFC 3339 with an offset, or milliseconds since the epoch. A bad line is named with its number, and then \
            there is no report.

            The samples of another monitor are read as well: Prometheus' answer about probe_success, heartbeats of \
            Uptime Kuma, logs of Nagios. See availd import history --help for what is made of them.

            EXAMPLES
              availd replay --from evidence-2026-10
              availd replay --config availd.yaml --samples samples.csv --month 2026-10 \\
                --format text
              availd replay --config availd.yaml --samples prometheus.json --map map.csv \\
                --month 2026-10
            """)

    @Option(
        name: .customLong("from"),
        help: ArgumentHelp(
            "A folder that availd export wrote: its files, its configuration, its month and its instant count where none "
                + "is given.", valueName: "folder"))
    var folder: String?

    @Option(help: ArgumentHelp("The samples; - is standard input.", valueName: "file"))
    var samples: String?

    @Option(help: "What the samples' file is; auto tells by its content.")
    var samplesFormat = SamplesFormat.auto

    @Option(
        help: ArgumentHelp("Which series of another monitor is which check: from,service,check.", valueName: "file"))
    var map: String?

    @Option(help: ArgumentHelp("The exclusions; more than once for several files.", valueName: "file"))
    var exclusions: [String] = []

    @Option(help: ArgumentHelp("The voids and downtimes; more than once for several files.", valueName: "file"))
    var voids: [String] = []

    @Option(help: ArgumentHelp("How each check was measured, since when: rules.csv.", valueName: "file"))
    var rules: String?

    @Option(help: ArgumentHelp("What was paid for, since when that is known: terms.csv.", valueName: "file"))
    var terms: String?

    @Option(help: ArgumentHelp("What was promised, since when: agreements.csv.", valueName: "file"))
    var agreements: String?

    @Option(help: ArgumentHelp("What people have said of compensation.", valueName: "file"))
    var settlements: String?

    @Option(help: "The month, as 2026-10, this or last.", transform: MonthArgument.init)
    var month: MonthArgument?

    @OptionGroup var longer: PeriodOption

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var hypothesis: HypothesisOptions
    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var config: ConfigurationOptions
    @OptionGroup var output: OutputOptions<CSVByDefault>

    func validate() throws {
        try longer.validate(beside: month)
        if folder != nil { return }
        if samples == nil { throw ValidationError("--samples: found nothing, expected a file; or --from a folder") }
        if month == nil, longer.period == nil {
            throw ValidationError("Missing expected argument '--month' or '--period'")
        }
    }

    func run() async throws {
        let export = try folder.map { try ExportFolder(path: $0) }
        let configuration = try config.load(.ignored, orAt: export?.required("availd.yaml"))
        let (time, catalog) = (configuration.time, configuration.catalog)
        let asOf = try asOf.given(by: time) ?? export?.asOf ?? time.now
        try configuration.requireElsewhere(output.output)
        let files = try files(export)
        let evidence = try read(files, catalog)
        evidence.history.note(about: files.samples)
        try evidence.history.requireSomething(from: files.samples)
        let isGiven = month != nil || longer.period != nil
        let asked = isGiven ? nil : export.map { ReportPeriod.month($0.month) }
        if let export, isGiven, longer.period(or: month, by: time) != .month(export.month) {
            let name = folder ?? ""
            Console.note("warning: \(name) has what \(export.month) follows from, and of other times only a part")
        }
        let request = ReportRequest(
            of: asked ?? longer.period(or: month, by: time), customers: selection.customer, services: selection.service,
            supposing: try hypothesis.hypothesis(among: catalog))
        try output.print(evidence.report(request, asOf: asOf))
    }

    /// The files that were named; else those of `export`.
    private func files(_ export: ExportFolder?) throws -> EvidenceFiles {
        for file in try export?.changed() ?? [] { Console.note("warning: \(file) is not as it was exported") }
        func own(_ name: String) -> [String] { (export?.file(name)).map { [$0] } ?? [] }
        guard let samples = try samples ?? export?.required("samples.csv") else {
            preconditionFailure("samples were named, or a folder")
        }
        var files = EvidenceFiles(samples: samples)
        (files.format, files.map) = (samplesFormat.format, map)
        files.exclusions = exclusions.isEmpty ? own("exclusions.csv") : exclusions
        files.voids = voids.isEmpty ? own("voids.csv") : voids
        files.rules = rules ?? export?.file("rules.csv")
        files.agreements = agreements ?? export?.file("agreements.csv")
        files.terms = terms ?? export?.file("terms.csv")
        files.settlements = settlements ?? export?.file("settlements.csv")
        return files
    }

    /// All the files, or every mistake in any.
    private func read(_ files: EvidenceFiles, _ catalog: Catalog) throws -> Evidence {
        let progress = Console.Progress("reading \(files.samples)")
        defer { progress.end() }
        return try Evidence(files, catalog: catalog, progress: progress.show)
    }
}
