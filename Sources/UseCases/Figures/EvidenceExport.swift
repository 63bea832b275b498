import Digests
import Intake
import Ledger
import Platform
import Reporting
import SLA

/// Everything that a month's figures follow from, as files: with them, `availd replay` gives the same bytes.
public struct EvidenceExport: Sendable {
    /// The month.
    public var month: CivilMonth
    /// The instant up to which things are known.
    public var asOf: Instant
    /// Whose services alone; of all customers where there is none. Nothing about anybody else is then in the files
    /// (clause 5).
    public var customers: [String]
    /// Which services alone; all where there is none.
    public var services: [String]

    /// The export of `month` as it is known at `asOf`.
    public init(month: CivilMonth, asOf: Instant, customers: [String] = [], services: [String] = []) {
        self.month = month
        self.asOf = asOf
        self.customers = customers
        self.services = services
    }

    /// Writes the files into `folder`, which is kept then.
    ///
    /// - Parameters:
    ///   - configured: the agreement and the services of the configuration, as it is at `now`.
    ///   - now: what the clock shows.
    ///   - progress: told, from time to time, how much is done, in percent.
    /// - Throws: `Unknown`, `OutputFailure`, `LedgerError`; nothing is then left.
    public func write(
        from ledger: LedgerSnapshot, into folder: OutputFolder, configured: Catalog,
        now: Instant = SystemClock.wall(), progress: (Int) -> Void = { _ in }
    ) throws -> ExportDocument {
        let zone = configured.agreement.calendar.zone
        let history = try ledger.catalogHistory()
        let known = history.everKnown(configured)
        let request = ReportRequest(of: .month(month), customers: customers, services: services)
        // Also where nobody else's are left out, a scope names only what a replay knows.
        let inputs = try request.selection(
            of: ledger.inputs(of: month, asOf: asOf, configured: configured, now: now), among: known)
        let selected = inputs.catalog.services
        let histories = history.histories(including: configured, asOf: asOf, now: now)
        let calendar = configured.agreement.calendar

        var files = ExportedFiles(folder)
        let (report, reach) = try read(inputs, from: ledger) { progress($0 * 50 / max(1, selected.count)) }
        try files.write(
            "availd.yaml", isTable: false, CatalogText.yaml(written(inputs.catalog, configured, in: inputs.period)))
        try files.write("samples.csv") { file in
            try writeSamples(of: inputs, reach, from: ledger, to: file) {
                progress(50 + $0 * 50 / max(1, selected.count))
            }
        }
        // What was so only after the month says nothing of it.
        let changes = selected.flatMap { service in
            let all = histories[service.id]?.ruleChanges(asOf: asOf, calendar: calendar) ?? []
            let first = all.first { $0.from == nil }?.knownAt
            return all.filter { $0.effectiveAt < inputs.period.end || $0.knownAt == first }
        }
        try files.write("rules.csv", RulesDocument(changes, asOf: asOf, in: zone).csv)
        try files.write(
            "terms.csv",
            TermsHistoryTable.csv(
                selected.map { ($0.id, histories[$0.id] ?? ServiceHistory()) }, asOf: asOf, in: zone))
        let promised = history.agreements.known(asOf: asOf, configured: configured.agreement, now: now)
        try files.write("agreements.csv", AgreementsCSV.text(promised, in: zone))
        try files.write("exclusions.csv", table(of: inputs))
        try files.write("voids.csv", CorrectionDocument.table(of: inputs.corrections, in: zone))
        try files.write(
            "settlements.csv",
            SettlementDocument(inputs.settlements.known(of: month, asOf: asOf), catalog: inputs.catalog).csv)
        try files.write("report.csv", ReportCSV.text(report))
        let document = ExportDocument(
            of: month, asOf: asOf, services: selected.map(\.id), files: files.all, program: AvaildVersion.text, in: zone
        )
        try files.write(ExportDocument.fileName, isTable: false, document.json.text)
        try files.writeDigests()
        try folder.keep()
        return document
    }

    /// What the configuration of a replay says: the services that the configuration has. The others are in the files.
    private func written(_ catalog: Catalog, _ configured: Catalog, in period: Interval) -> Catalog {
        // As they were in the month: to whom one belongs since is nobody's business (clause 5).
        let own = catalog.services.filter { configured.service($0.id) != nil }
        let ids = Set(catalog.services.map(\.customer))
        return Catalog(
            // Amounts are in the currency of the month.
            agreement: catalog.agreement.at(period.start), customers: catalog.customers.filter { ids.contains($0.id) },
            services: own)
    }

    /// The report, and from when to when the samples of each check were read for it.
    private func read(
        _ inputs: FigureInputs, from ledger: LedgerSnapshot, progress: (Int) -> Void
    ) throws -> (MonthlyReport, [CheckID: Interval]) {
        var reach: [CheckID: Interval] = [:]
        var done: Set<String> = []
        let report = try MonthlyReport(inputs) { service, own in
            let timeline = try ledger.timeline(of: service, for: own) { check, time, timeline in
                let rules = timeline.rules
                try ledger.samples(of: check, covering: time, asOf: own.asOf, in: rules) { sample in
                    timeline.append(sample)
                    let own = Interval.millisecond(of: sample.at)
                    reach[check] = reach[check].map { $0.spanning(own) } ?? own
                }
            }.timeline
            if done.insert(service.id).inserted { progress(done.count) }
            return timeline
        }
        return (report, reach)
    }

    /// Every sample of the month, and those about it on which its figures rest; also those of checks that do not count.
    private func writeSamples(
        of inputs: FigureInputs, _ reach: [CheckID: Interval], from ledger: LedgerSnapshot,
        to file: ExportedFile, progress: (Int) -> Void
    ) throws {
        let zone = inputs.catalog.agreement.calendar.zone
        let ends = inputs.passEnds.filter { $0.recordedAt <= asOf }
        try file.put(SampleRows.header)
        for (index, service) in inputs.catalog.services.enumerated() {
            for check in service.rules.checks.map({ CheckID(service: service.id, check: $0) }) {
                let read = reach[check] ?? inputs.period
                // Since when a service is measured is said beside its verdict (semantics §6).
                let first = inputs.measuredSince[service.id].map(Interval.millisecond)
                let time = read.spanning(inputs.period)
                let times = (first.map { $0.start < time.start ? [$0] : [] } ?? []) + [time]
                let ended = ends.ends(of: check)
                for observation in try times.flatMap({ try ledger.observations(of: check, in: $0) })
                where observation.sample.at <= asOf {
                    try file.put(SampleRows.row(observation, passEnds: ended[observation.sample.pass], in: zone))
                }
            }
            progress(index + 1)
        }
    }

    /// `exclusions.csv` of what touches the month.
    private func table(of inputs: FigureInputs) -> String {
        let touching = inputs.exclusions.filter { $0.interval.intersection(inputs.period) != nil }
            .sorted { ($0.interval.start, $0.id) < ($1.interval.start, $1.id) }
        return ExclusionDocument(
            touching.map { .init(RecordedExclusion(exclusion: $0, details: ExclusionDetails())) },
            under: inputs.catalog.agreement
        ).csv
    }
}
