import Ledger
import SLA

/// What changes between a statement that is kept and the same month computed again.
struct AmendmentChanges {
    let changes: StatementChanges

    init(from latest: ClosedStatement, to calculation: StatementCalculation, in snapshot: LedgerSnapshot) throws {
        let before: FigureInputs
        do {
            before = try InputDocument(text: latest.draft.inputs).inputs()
        } catch {
            throw ClosingRefusal.unreadable(latest.number, reason: error.description)
        }
        guard let old = ReportTable(csv: latest.draft.csv),
            let new = ReportTable(csv: calculation.csv)
        else { throw ClosingRefusal.unreadable(latest.number, reason: "its report is no CSV") }
        let inputs = InputDifference(
            from: before, to: calculation.inputs,
            records: try Self.records(
                from: before, to: calculation.inputs, corrected: try Self.corrected(before, calculation), in: snapshot))
        let samples = Self.samples(from: try snapshot.series(of: latest.number), to: calculation)
        changes = StatementChanges(from: old, to: new, facts: inputs.facts + samples)
    }

    /// The services of which each void and downtime changes something, by its identifier: of those that stand, and of
    /// those that stood then, over the samples of now.
    private static func corrected(
        _ before: FigureInputs, _ calculation: StatementCalculation
    ) throws -> [String: Set<String>] {
        var reports = [calculation.report]
        if before.corrections != calculation.inputs.corrections {
            var then = calculation.inputs
            then.corrections = before.corrections
            reports.append(
                try StatementCalculation(document: InputDocument(then), series: calculation.series).report)
        }
        var services: [String: Set<String>] = [:]
        for own in reports.flatMap(\.figures) {
            for correction in own.corrections { services[correction.id, default: []].insert(own.service.id) }
        }
        return services
    }

    /// Who changed what, by the ledger's records.
    private static func records(
        from before: FigureInputs, to after: FigureInputs, corrected: [String: Set<String>],
        in snapshot: LedgerSnapshot
    ) throws -> InputDifference.Records {
        let recorded = Dictionary(
            try snapshot.exclusions().map { ($0.exclusion.id, $0) }, uniquingKeysWith: { first, _ in first })
        let corrections = Dictionary(
            try snapshot.corrections().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let history = try snapshot.catalogHistory().services
        let maintenance = try snapshot.maintenance().known(asOf: after.asOf)
        let claims = Dictionary(
            maintenance.claims(overlapping: after.period, catalog: after.catalog, asOf: after.asOf)
                .map { ($0.exclusion.id, $0) }, uniquingKeysWith: { first, _ in first })
        return InputDifference.Records(
            revocation: { id in
                guard let entry = recorded[id], let at = entry.exclusion.revokedAt, let by = entry.revokedBy else {
                    return nil
                }
                return InputDifference.Author(by: by, at: at, reason: entry.revocationReason ?? "")
            },
            correctionRevocation: { id in
                corrections[id]?.revocation.map { InputDifference.Author(by: $0.by, at: $0.at, reason: $0.reason) }
            },
            corrected: { corrected[$0] ?? [] },
            terms: { id in
                let change = history[id]?.changes(asOf: after.asOf).last { $0.at > before.asOf }
                return change.map { InputDifference.Author(by: $0.by, at: $0.at, reason: $0.reason ?? "") }
            },
            rules: { id in
                let last = history[id]?.ruleCorrections.last { $0.knownAt > before.asOf && $0.knownAt <= after.asOf }
                return last.map { InputDifference.Author(by: $0.by, at: $0.knownAt, reason: $0.reason) }
            },
            withdrawal: { id in
                let last = after.settlements.negotiations.last {
                    $0.service == id && $0.month == after.month && $0.recordedAt <= after.asOf
                }
                return last.map { InputDifference.Author(by: $0.recordedBy, at: $0.recordedAt, reason: $0.reason) }
            },
            notice: { id in
                let given = claims[id].map { maintenance.deliveries(of: $0) } ?? []
                return given.last { $0.recordedAt > before.asOf }.map {
                    InputDifference.Author(by: $0.by, at: $0.recordedAt, reason: "notice by \($0.channel.rawValue)")
                }
            })
    }

    /// The checks of services with committed time whose samples differ.
    private static func samples(from kept: [KeptSeries], to calculation: StatementCalculation) -> [FactChange] {
        let before = Dictionary(grouping: kept, by: \.check)
        let committed = Set(
            calculation.report.figures.filter { $0.verdict != .notCommitted }.map(\.service.id))
        return calculation.series.compactMap { series in
            guard committed.contains(series.check.service), let known = before[series.check] else { return nil }
            let pass = series.samples.pass
            let old = known.first { $0.samples.pass == pass }?.samples ?? PackedSamples(pass: pass)
            if old == series.samples { return nil }
            // Outside what is read now, a sample is not missed: it is only no longer needed.
            let window = series.samples.first.flatMap { first in
                series.samples.last.flatMap { Interval(first, $0 + 1) }
            }
            let difference = SeriesDifference(from: old, to: series.samples, within: window)
            guard !difference.isEmpty else { return nil }
            return FactChange(
                kind: .samples, subject: series.check.description + (pass == 0 ? "" : ", pass \(pass)"),
                text: difference.text(in: calculation.inputs.catalog.agreement.calendar.zone),
                services: [series.check.service])
        }
    }
}
