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
        try requireKnown(history.everKnown(configured))
        var inputs = try ledger.inputs(of: month, asOf: asOf, configured: configured, now: now)
        inputs.catalog = inputs.catalog.of(customers: customers, services: services)
        let selected = inputs.catalog.services
        let histories = history.histories(including: configured, asOf: asOf, now: now)
        let calendar = configured.agreement.calendar

        var files = ExportedFiles(folder)
        let (report, reach) = try read(inputs, from: ledger) { progress($0 * 50 / max(1, selected.count)) }
        try files.write("availd.yaml", isTable: false, CatalogText.yaml(written(inputs.catalog, configured)))
        try files.write("samples.csv") { file in
            try writeSamples(of: inputs, reach, from: ledger, to: file) {
                progress(50 + $0 * 50 / max(1, selected.count))
            }
        }
        let changes = selected.flatMap { histories[$0.id]?.ruleChanges(asOf: asOf, calendar: calendar) ?? [] }
        try files.write("rules.csv", RulesDocument(changes, asOf: asOf, in: zone).csv)
        try files.write(
            "terms.csv",
            TermsHistoryTable.csv(
                selected.map { ($0.id, histories[$0.id] ?? ServiceHistory()) }, asOf: asOf, in: zone))
        let promised = history.agreements.known(asOf: asOf, configured: configured.agreement, now: now)
        try files.write("agreements.csv", AgreementsCSV.text(promised, in: zone))
        let exclusions = try ledger.knownExclusions(asOf: asOf, configured: configured, now: now)
        try files.write("exclusions.csv", table(of: exclusions, inputs))
        try files.write("voids.csv", CorrectionDocument.table(of: corrections(inputs), in: zone))
        try files.write(
            "settlements.csv",
            SettlementDocument(settlements(inputs, of: selected), catalog: inputs.catalog).csv)
        try files.write("report.csv", ReportCSV.text(report))
        let document = ExportDocument(
            of: month, asOf: asOf, services: selected.map(\.id), files: files.all, program: AvaildVersion.text, in: zone
        )
        try files.write(ExportDocument.fileName, isTable: false, document.json.text)
        try files.writeDigests()
        try folder.keep()
        return document
    }

    private func requireKnown(_ catalog: Catalog) throws(Unknown) {
        for id in customers { try catalog.requiredCustomer(id) }
        for id in services { _ = try catalog.requiredService(id) }
    }

    /// What the configuration of a replay says: the services that the configuration has. The others are in the files.
    private func written(_ catalog: Catalog, _ configured: Catalog) -> Catalog {
        let own = catalog.services.compactMap { configured.service($0.id) }
        let ids = Set((catalog.services + own).map(\.customer))
        return Catalog(
            agreement: catalog.agreement, customers: catalog.customers.filter { ids.contains($0.id) }, services: own)
    }

    /// The report, and from when to when the samples of each check were read for it.
    private func read(
        _ inputs: FigureInputs, from ledger: LedgerSnapshot, progress: (Int) -> Void
    ) throws -> (MonthlyReport, [CheckID: Interval]) {
        var reach: [CheckID: Interval] = [:]
        var done: Set<String> = []
        let report = try MonthlyReport(inputs) { service, own in
            let timeline = try own.timeline(of: service, since: { try ledger.firstSampleAt(of: service) }) { time in
                try own.timeline(of: service, in: time) { check, time, timeline in
                    let rules = timeline.rules
                    try ledger.samples(of: check, covering: time, asOf: own.asOf, in: rules) { sample in
                        timeline.append(sample)
                        let own = Interval.millisecond(of: sample.at)
                        reach[check] = reach[check].map { $0.spanning(own) } ?? own
                    }
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

    /// `exclusions.csv` of what touches the month and the services of `inputs`; of a scope, only what names any of them.
    private func table(of exclusions: [RecordedExclusion], _ inputs: FigureInputs) -> String {
        let terms = Set(inputs.catalog.services.flatMap(\.terms))
        let entries = exclusions.compactMap { entry -> ExclusionDocument.Entry? in
            guard entry.exclusion.interval.intersection(inputs.period) != nil else { return nil }
            var own = entry.exclusion
            own.scope = own.scope.filter(terms.contains)
            return own.scope.isEmpty
                ? nil : ExclusionDocument.Entry(RecordedExclusion(exclusion: own, details: entry.details))
        }
        return ExclusionDocument(entries, under: inputs.catalog.agreement).csv
    }

    /// The voids and downtimes of the services of `inputs` known by then, as they were then.
    private func corrections(_ inputs: FigureInputs) -> [Correction] {
        let terms = Set(inputs.catalog.services.flatMap(\.terms))
        return inputs.corrections.compactMap { correction in
            var own = correction
            own.scope = correction.scope.filter { term in
                switch term {
                case .services(let services): terms.contains(services)
                case .check(let id): inputs.catalog.service(id.service) != nil
                case .vantage, .family, .unaddressed: true
                }
            }
            return own.scope.isEmpty ? nil : own
        }
    }

    private func settlements(_ inputs: FigureInputs, of services: [Service]) -> Settlements {
        let ids = Set(services.map(\.id))
        let known = inputs.settlements.known(of: month, asOf: asOf)
        return Settlements(
            negotiations: known.negotiations.filter { ids.contains($0.service) },
            claims: known.claims.filter { ids.contains($0.service) },
            acceptances: known.acceptances.filter { ids.contains($0.service) })
    }
}

extension Catalog {
    /// The services of `customers`, or of all where there is none; of those the ones called `services`, or all.
    func of(customers: [String], services: [String]) -> Catalog {
        let (customers, ids) = (Set(customers), Set(services))
        let kept = self.services.filter { service in
            (customers.isEmpty || customers.contains(service.customer)) && (ids.isEmpty || ids.contains(service.id))
        }
        return Catalog(agreement: agreement, customers: self.customers, services: kept)
    }
}
