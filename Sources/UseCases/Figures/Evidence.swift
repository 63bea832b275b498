import Intake
import Interchange
import Reporting
import SLA

/// What a month is computed from without a ledger: samples and exclusions as files have them.
public struct Evidence: Sendable {
    /// The samples, and what the file was read as.
    public let history: History
    /// The exclusions; none where there is no file.
    public let exclusions: [Exclusion]
    /// The voids and downtimes; none where there is no file.
    public let corrections: [Correction]
    /// How checks are measured, since when, by the service; none where there is no file.
    private let rules: [String: [RuleChange]]
    /// What people have said of compensation; nothing where there is no file.
    public let settlements: Settlements

    /// What the files say.
    ///
    /// - Parameters:
    ///   - samples: the path of the samples; `-` is standard input.
    ///   - format: what the samples are; nil where the content tells.
    ///   - map: the path of the file that says which series is which check; nil where names do.
    ///   - exclusions: the path of the exclusions; nil for none.
    ///   - voids: the path of the voids and downtimes; nil for none.
    ///   - rules: the path of the rules' history; nil where the configuration's count for all time.
    ///   - settlements: the path of what people have said of compensation; nil for none.
    ///   - progress: told, from time to time, how much of the samples is read, in percent.
    /// - Throws: `InputFailure`; `Diagnostics` with every mistake of all the files.
    public init(
        samples: String, as format: HistoryFormat?, map: String?, exclusions: String?, voids: String? = nil,
        rules: String? = nil, settlements: String? = nil, catalog configured: Catalog,
        progress: (Int) -> Void = { _ in }
    ) throws {
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
        let changes = try collecting {
            try rules.map { try RulesFile.changes(path: $0, catalog: configured) } ?? []
        }
        self.rules = Dictionary(grouping: changes ?? [], by: \.service)
        let catalog = Self.measured(configured, by: self.rules, asOf: .distantFuture)
        let seriesMap: SeriesMap? = try map.flatMap { path in
            try collecting { try SeriesMap(path: path, catalog: catalog) }
        }
        // With a map that has mistakes, the file is still looked through for its own.
        let history = try collecting {
            try HistoryFile(path: samples).history(as: format, map: seriesMap, catalog: catalog, progress: progress)
        }
        let recorded = try collecting {
            try exclusions.map { try ExclusionFile.exclusions(path: $0, catalog: catalog) } ?? []
        }
        let corrections = try collecting {
            try voids.map { try CorrectionFile.corrections(path: $0, catalog: catalog) } ?? []
        }
        let said = try collecting {
            try settlements.map { try SettlementFile.settlements(path: $0, catalog: catalog) } ?? Settlements()
        }
        guard mistakes.isEmpty, let history, let recorded, let corrections, let said else {
            throw Diagnostics(mistakes, hidden: hidden)
        }
        self.history = history
        self.exclusions = recorded
        self.corrections = corrections
        self.settlements = said
    }

    /// The services of `catalog`, measured as `rules` say at `asOf`; those of which they say nothing as they are.
    private static func measured(_ catalog: Catalog, by rules: [String: [RuleChange]], asOf: Instant) -> Catalog {
        if rules.isEmpty { return catalog }
        let calendar = catalog.agreement.calendar
        let services = catalog.services.map { service in
            var service = service
            service.past = rules[service.id].flatMap { MeasuringRules($0, asOf: asOf, calendar: calendar) }
            return service
        }
        return Catalog(agreement: catalog.agreement, customers: catalog.customers, services: services)
    }

    /// The report of `month` that follows from it, as it was known at `asOf`.
    public func report(of month: CivilMonth, asOf: Instant, catalog configured: Catalog) -> ReportDocument {
        let catalog = Self.measured(configured, by: rules, asOf: asOf)
        let uncorrected = Self.measured(
            configured, by: rules.mapValues { $0.filter { $0.from == nil } }, asOf: asOf)
        let before = uncorrected.services.filter { $0.rules != catalog.service($0.id)?.rules }
        let inputs = FigureInputs(
            month: month, asOf: asOf, catalog: catalog, exclusions: exclusions, settlements: settlements,
            corrections: corrections, passEnds: history.passEnds,
            rulesBeforeCorrection: Dictionary(uniqueKeysWithValues: before.map { ($0.id, $0.rules) }))
        return ReportDocument(
            MonthlyReport(inputs) { service, inputs in
                inputs.timeline(of: service) { check, _, timeline in
                    for entry in history.series[check] ?? [] where entry.sample.at <= asOf {
                        timeline.append(entry.sample)
                    }
                }
            })
    }
}
