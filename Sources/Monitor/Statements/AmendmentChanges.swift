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
        guard let old = StatementCalculation.table(latest.draft.csv),
            let new = StatementCalculation.table(calculation.csv)
        else { throw ClosingRefusal.unreadable(latest.number, reason: "its report is no CSV") }
        let recorded = Dictionary(
            try snapshot.exclusions().map { ($0.exclusion.id, $0) }, uniquingKeysWith: { first, _ in first })
        let inputs = InputDifference(from: before, to: calculation.inputs) { id in
            guard let entry = recorded[id], let at = entry.exclusion.revokedAt, let by = entry.revokedBy else {
                return nil
            }
            return InputDifference.Revocation(by: by, at: at, reason: entry.revocationReason ?? "")
        }
        let samples = Self.samples(from: try snapshot.series(of: latest.number), to: calculation)
        changes = StatementChanges(from: old, to: new, facts: inputs.facts + samples)
    }

    /// The checks of services with committed time whose samples differ.
    private static func samples(from kept: [KeptSeries], to calculation: StatementCalculation) -> [FactChange] {
        let before = Dictionary(kept.map { ($0.check, $0) }, uniquingKeysWith: { first, _ in first })
        let committed = Set(
            calculation.report.statements.filter { $0.verdict != .notCommitted }.map(\.service.id))
        return calculation.series.compactMap { series in
            guard committed.contains(series.check.service), let old = before[series.check], old != series else {
                return nil
            }
            // Outside what is read now, a sample is not missed: it is only no longer needed.
            let window = series.samples.first.flatMap { first in
                series.samples.last.flatMap { Interval(first, $0 + 1) }
            }
            let difference = SeriesDifference(from: old.samples, to: series.samples, within: window)
            guard !difference.isEmpty else { return nil }
            return FactChange(
                kind: .samples, subject: series.check.description,
                text: difference.text(in: calculation.inputs.catalog.agreement.calendar.zone),
                services: [series.check.service])
        }
    }
}
