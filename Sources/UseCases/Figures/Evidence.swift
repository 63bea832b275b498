import Intake
import Interchange
import Reporting
import SLA

/// What a month is computed from without a ledger: what files say.
public struct Evidence: Sendable {
    /// The samples, and what the file was read as.
    public let history: History
    /// The exclusions; none where there is no file.
    public let exclusions: [Exclusion]
    /// The voids and downtimes; none where there is no file.
    public let corrections: [Correction]
    /// What people have said of compensation; nothing where there is no file.
    public let settlements: Settlements
    /// The agreement and the services, with their history.
    private let services: EvidenceServices

    /// What the files say.
    ///
    /// - Parameters:
    ///   - configured: the agreement, and the services as far as no file says otherwise.
    ///   - progress: told, from time to time, how much of the samples is read, in percent.
    /// - Throws: `InputFailure`; `Diagnostics` with every mistake of all the files.
    public init(_ files: EvidenceFiles, catalog configured: Catalog, progress: (Int) -> Void = { _ in }) throws {
        var mistakes = MistakesOfFiles()
        services = try EvidenceServices(files, configured: configured, &mistakes)
        let catalog = services.everKnown
        let map: SeriesMap? = try files.map.flatMap { path in
            try mistakes.collecting { try SeriesMap(path: path, catalog: catalog) }
        }
        // With a map that has mistakes, the file is still looked through for its own.
        let history = try mistakes.collecting {
            try HistoryFile(path: files.samples).history(
                as: files.format, map: map, catalog: catalog, progress: progress)
        }
        exclusions = try mistakes.entries(of: files.exclusions, id: \.id) {
            try ExclusionFile.exclusions(path: $0, catalog: catalog)
        }
        corrections = try mistakes.entries(of: files.voids, id: \.id) {
            try CorrectionFile.corrections(path: $0, catalog: catalog)
        }
        let said = try mistakes.collecting {
            try files.settlements.map { try SettlementFile.settlements(path: $0, catalog: catalog) } ?? Settlements()
        }
        try mistakes.check()
        guard let history, let said else {
            preconditionFailure("a file without mistakes was read")
        }
        self.history = history
        self.settlements = said
    }

    /// Since when `services` are measured; those that never were are left out.
    private func measuredSince(_ services: [Service], asOf: Instant) -> [String: Instant] {
        let index = CorrectionIndex(corrections, at: asOf, version: 0)
        var found: [String: Instant] = [:]
        for service in services {
            let (measured, corrections) = (service.rules, index.corrections(of: service))
            found[service.id] = measured.checks.compactMap { check in
                let rules = SeriesRules(measured.rules(of: check), voids: corrections[check])
                let entries = history.series[CheckID(service: service.id, check: check)] ?? []
                return entries.lazy.map(\.sample).filter { sample in
                    sample.state != .unknown && sample.at <= asOf && !rules.leavesOut(sample)
                }.map(\.at).min()
            }.min()
        }
        return found
    }

    /// The report that is asked for and follows from it, as it was known at `asOf`.
    ///
    /// - Throws: `Unknown`; a `Refusal` where what is supposed is recorded already.
    public func report(_ request: ReportRequest, asOf: Instant) throws -> ReportDocument {
        try request.document(among: services.everKnown) {
            inputs(of: $0, asOf: asOf)
        } timeline: { service, inputs in
            inputs.timeline(of: service) { check, _, timeline in
                for entry in history.series[check] ?? [] where entry.sample.at <= asOf { timeline.append(entry.sample) }
            }
        }
    }

    /// What the figures of a time are computed from, as it was known at `asOf`.
    private func inputs(of asked: ReportPeriod, asOf: Instant) -> FigureInputs {
        let calendar = services.configured.agreement.calendar
        var reported = asked
        if case .terms = asked {
            reported = .terms(of: services.everPaid(asOf: asOf), asOf: asOf, in: calendar)
        }
        let period = reported.interval(in: calendar)
        let catalog = services.catalog(in: period, asOf: asOf)
        return FigureInputs(
            of: reported, asOf: asOf, catalog: catalog, exclusions: exclusions.compactMap { $0.known(asOf: asOf) },
            settlements: settlements, corrections: corrections.known(asOf: asOf), passEnds: history.passEnds,
            paidBeforeWithdrawal: services.paidBeforeWithdrawal(of: catalog, in: period, asOf: asOf),
            rulesBeforeCorrection: services.rulesBeforeCorrection(of: catalog, in: period, asOf: asOf),
            measuredSince: measuredSince(catalog.services, asOf: asOf))
    }
}

/// The mistakes of several files, so that all are said at once.
struct MistakesOfFiles {
    private var all: [Diagnostic] = []
    private var hidden = 0

    /// What `body` reads; nil where it finds mistakes, which are kept.
    mutating func collecting<T>(_ body: () throws -> T) throws -> T? {
        do {
            return try body()
        } catch let diagnostics as Diagnostics {
            all += diagnostics.all
            hidden += diagnostics.hidden
            return nil
        }
    }

    /// What `read` finds in all of `files`; what two of them have is a mistake.
    mutating func entries<Entry>(
        of files: [String], id: KeyPath<Entry, String>, _ read: (String) throws -> [Entry]
    ) throws -> [Entry] {
        var (entries, places): ([Entry], [String: String]) = ([], [:])
        for file in files {
            for entry in try collecting({ try read(file) }) ?? [] {
                if let place = places.updateValue(file, forKey: entry[keyPath: id]) {
                    let quoted = Diagnostic.quoted(entry[keyPath: id])
                    add(Diagnostic(file: file, field: "id", message: "\(quoted) is in \(place) already"))
                }
                entries.append(entry)
            }
        }
        return entries
    }

    /// Keeps a mistake.
    mutating func add(_ mistake: Diagnostic) { all.append(mistake) }

    /// Throws all of them, where there is any.
    func check() throws(Diagnostics) {
        if !all.isEmpty { throw Diagnostics(all, hidden: hidden) }
    }
}
