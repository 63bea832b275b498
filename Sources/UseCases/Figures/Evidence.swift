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
        let probed = history.map { Self.probed(catalog, by: $0, asOf: .distantFuture) } ?? catalog
        corrections = try mistakes.entries(of: files.voids, id: \.id) {
            try CorrectionFile.corrections(path: $0, catalog: probed)
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

    /// The services of `catalog`, where checks of which nothing says from where they are probed have the vantage points
    /// that `history` names at `asOf`.
    private static func probed(_ catalog: Catalog, by history: History, asOf: Instant) -> Catalog {
        let names = history.vantages.mapValues { named in
            named.filter { $0.value.contains { $0.isKnown(asOf: asOf) } }.keys.sorted()
        }
        if names.values.allSatisfy(\.isEmpty) { return catalog }
        let services = catalog.services.map { service in
            let own = service.rules.checks.compactMap { check in
                names[CheckID(service: service.id, check: check)].flatMap { $0.isEmpty ? nil : (check, $0) }
            }
            var service = service
            if !own.isEmpty { service.past = service.rules.probed(from: Dictionary(uniqueKeysWithValues: own)) }
            return service
        }
        return Catalog(agreement: catalog.agreement, customers: catalog.customers, services: services)
    }

    /// The report that is asked for and follows from it, as it was known at `asOf`.
    ///
    /// - Throws: `Unknown`; a `Refusal` where what is supposed is recorded already.
    public func report(_ request: ReportRequest, asOf: Instant) throws -> ReportDocument {
        try request.document(among: services.everKnown) {
            inputs(of: $0, asOf: asOf)
        } timeline: { service, inputs in
            inputs.timeline(of: service) { check, _, timeline in
                for entry in history.entries(of: check, from: timeline.vantage) where entry.isKnown(asOf: asOf) {
                    timeline.append(entry.sample)
                }
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
        func catalog(corrected: Bool) -> Catalog {
            Self.probed(services.catalog(in: period, asOf: asOf, corrected: corrected), by: history, asOf: asOf)
        }
        let counted = catalog(corrected: true)
        let before =
            services.correctsRules
            ? catalog(corrected: false).services.filter { $0.rules != counted.service($0.id)?.rules } : []
        return FigureInputs(
            of: reported, asOf: asOf, catalog: counted, exclusions: exclusions.compactMap { $0.known(asOf: asOf) },
            settlements: settlements, corrections: corrections.known(asOf: asOf), passEnds: history.passEnds,
            paidBeforeWithdrawal: services.paidBeforeWithdrawal(of: counted, in: period, asOf: asOf),
            rulesBeforeCorrection: Dictionary(uniqueKeysWithValues: before.map { ($0.id, $0.rules) }),
            measuredSince: CorrectionIndex(corrections, at: asOf, version: 0).measuredSince(counted.services) {
                check, vantage, rules in
                history.entries(of: check, from: vantage).lazy.filter { entry in
                    entry.sample.state != .unknown && entry.isKnown(asOf: asOf) && !rules.leavesOut(entry.sample)
                }.map(\.sample.at).min()
            })
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
