import Ledger
import Reporting
import SLA

/// What a statement rests on, against the facts in the ledger: what is gone or other is damage, what came later is not.
struct LedgerComparison {
    let statement: ClosedStatement
    let calculation: StatementCalculation
    let snapshot: LedgerSnapshot

    private var subject: String { "\(statement.number)" }
    private var zone: TimeZoneRules { calculation.inputs.catalog.agreement.calendar.zone }

    /// The samples of each check.
    func samples(into verification: inout Verification) throws {
        for kept in calculation.series {
            var found = PackedSamples()
            if let first = kept.samples.first, let last = kept.samples.last {
                found = try snapshot.samples(of: kept.check, from: first, through: last)
            }
            let difference = SeriesDifference(from: kept.samples, to: found)
            if difference.missing.count > 0 {
                verification.damage(
                    subject, "samples of \(kept.check) are missing: \(difference.missing.text(in: zone))")
            }
            if difference.changed.count > 0 {
                verification.damage(
                    subject, "samples of \(kept.check) have another state: \(difference.changed.text(in: zone))")
            }
            let later = try added(to: kept, found)
            if later.count > 0 {
                verification.notice(
                    subject,
                    "samples of \(kept.check) came after it was closed: \(later.text(in: zone)); close the month again")
            }
        }
    }

    /// What the figures would read today as of then, and did not.
    private func added(to kept: KeptSeries, _ found: PackedSamples) throws -> SeriesDifference.Stretch {
        var read = PackedSamples()
        let inputs = calculation.inputs
        try snapshot.samples(of: kept.check, covering: inputs.period, asOf: inputs.asOf) { read.append($0) }
        let within = SeriesDifference(from: kept.samples, to: found).added
        let covering = SeriesDifference(from: kept.samples, to: read).added
        return covering.count > within.count ? covering : within
    }

    /// The exclusions that stood, by what the ledger says now of then.
    func exclusions(into verification: inout Verification) throws {
        var inputs = calculation.inputs
        let recorded = try snapshot.exclusions().map(\.exclusion)
        inputs.exclusions = recorded
        let kept = Self.exclusions(calculation.document)
        let found = Self.exclusions(InputDocument(inputs))
        let known = Dictionary(recorded.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for id in Set(kept.keys).union(found.keys).sorted() where kept[id] != found[id] {
            if kept[id] == nil {
                verification.notice(subject, "exclusion \(id) came after it was closed; close the month again")
            } else if found[id] != nil {
                verification.damage(subject, "exclusion \(id) is another than when it was closed")
            } else if let revokedAt = known[id]?.revokedAt, revokedAt <= inputs.asOf {
                verification.notice(subject, "exclusion \(id) was revoked as it was closed; close the month again")
            } else if known[id] != nil {
                verification.damage(subject, "exclusion \(id) does not stand as it did when it was closed")
            } else {
                verification.damage(subject, "exclusion \(id) is missing")
            }
        }
    }

    private static func exclusions(_ document: InputDocument) -> [String: InputRecord] {
        Dictionary(
            document.records.filter { $0.kind == .exclusion }.map { ($0.subject, $0) },
            uniquingKeysWith: { first, _ in first })
    }
}
