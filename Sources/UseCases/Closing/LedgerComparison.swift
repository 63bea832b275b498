import Ledger
import Reporting
import SLA

/// What a statement rests on, against the facts in the ledger: what is gone or other is damage, what came later is not.
struct LedgerComparison {
    let statement: ClosedStatement
    /// Whether no amendment has followed: only then is what came later news.
    let stands: Bool
    let calculation: StatementCalculation
    let snapshot: LedgerSnapshot

    private var subject: String { "\(statement.number)" }
    private var zone: TimeZoneRules { calculation.inputs.catalog.agreement.calendar.zone }

    /// The samples of each check.
    func samples(into verification: inout Verification) throws {
        for kept in calculation.series {
            var found = PackedSamples(pass: kept.samples.pass)
            if let first = kept.samples.first, let last = kept.samples.last {
                found = try snapshot.samples(of: kept.check, pass: kept.samples.pass, from: first, through: last)
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
            if stands, later.count > 0 {
                verification.notice(
                    subject,
                    "samples of \(kept.check) came after it was closed: \(later.text(in: zone)); close the month again")
            }
        }
    }

    /// What the figures would read today as of then, and did not.
    private func added(to kept: KeptSeries, _ found: PackedSamples) throws -> SeriesDifference.Stretch {
        var read = PackedSamples(pass: kept.samples.pass)
        let inputs = calculation.inputs
        let service = inputs.catalog.service(kept.check.service)
        let rules = service.map { service in
            let corrections = ServiceCorrections(inputs.corrections, of: service, asOf: inputs.asOf)
            return SeriesRules(service.rules.rules(of: kept.check.check), voids: corrections[kept.check.check])
        }
        try snapshot.samples(
            of: kept.check, covering: inputs.period, asOf: inputs.asOf, in: rules
        ) { if $0.pass == read.pass { read.append($0) } }
        let within = SeriesDifference(from: kept.samples, to: found).added
        let covering = SeriesDifference(from: kept.samples, to: read).added
        return covering.count > within.count ? covering : within
    }

    /// The exclusions that stood and what had been negotiated, by what the ledger says now of then.
    func facts(into verification: inout Verification) throws {
        var inputs = calculation.inputs
        inputs.exclusions = try snapshot.exclusions().map(\.exclusion) + claims()
        inputs.settlements = try snapshot.settlements()
        inputs.corrections = try snapshot.corrections()
        let kept = Self.facts(calculation.document)
        let found = Self.facts(InputDocument(inputs))
        for fact in Set(kept.keys).union(found.keys).sorted() where kept[fact] != found[fact] {
            if kept[fact] == nil {
                if stands { verification.notice(subject, "\(fact) came after it was closed; close the month again") }
            } else if isSuperseded(kept[fact], inputs) {
                if stands { verification.notice(subject, "\(fact) ended as it was closed; close the month again") }
            } else if found[fact] != nil {
                verification.damage(subject, "\(fact) is another than when it was closed")
            } else {
                verification.damage(subject, "\(fact) is missing")
            }
        }
    }

    /// What planned maintenance claimed then, by what the ledger says now of then.
    ///
    /// By which channels a customer had to be told is a setting of that day, which is not kept; so the instant of
    /// notice is as it was kept wherever the ledger has a notice of that instant, or none was kept.
    private func claims() throws -> [Exclusion] {
        let inputs = calculation.inputs
        let record = try snapshot.maintenance().known(asOf: inputs.asOf)
        let kept = Dictionary(inputs.exclusions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return record.claims(overlapping: inputs.period, catalog: inputs.catalog, asOf: inputs.asOf).map { claim in
            var exclusion = claim.exclusion
            guard let kept = kept[exclusion.id] else { return exclusion }
            let given = record.deliveries(of: claim).map(\.at) + [claim.window.plan.plannedAt]
            if kept.noticeAt.map(given.contains) ?? true { exclusion.noticeAt = kept.noticeAt }
            return exclusion
        }
    }

    /// Whether the ledger still has `record`, and with it, dated before the closing, what ended it: people wrote while
    /// the month was closed.
    private func isSuperseded(_ record: InputRecord?, _ inputs: FigureInputs) -> Bool {
        guard let record else { return false }
        var earlier = inputs
        switch record.kind {
        case .exclusion:
            for index in earlier.exclusions.indices where earlier.exclusions[index].id == record.subject {
                earlier.exclusions[index].revokedAt = nil
            }
        case .correction:
            for index in earlier.corrections.indices where earlier.corrections[index].id == record.subject {
                earlier.corrections[index].revocation = nil
            }
        case .negotiation:
            let last = earlier.settlements.negotiations.lastIndex {
                $0.service == record.subject && $0.month == inputs.month && $0.recordedAt <= inputs.asOf
            }
            guard let last else { return false }
            earlier.settlements.negotiations.remove(at: last)
        case .claim:
            let claim = earlier.settlements.claims.firstIndex { $0.id == record.subject }
            guard let claim,
                let last = earlier.settlements.claims[claim].steps.lastIndex(where: {
                    $0.kind == .settled && $0.at <= inputs.asOf
                })
            else { return false }
            earlier.settlements.claims[claim].steps.remove(at: last)
        case .acceptance:
            let last = earlier.settlements.acceptances.lastIndex {
                $0.service == record.subject && $0.month == inputs.month && $0.recordedAt <= inputs.asOf
            }
            guard let last else { return false }
            earlier.settlements.acceptances.remove(at: last)
        case .month, .agreement, .agreementChange, .service, .check, .rule, .ruleBeforeCorrection, .pass:
            return false
        }
        return InputDocument(earlier).records.contains(record)
    }

    private static let recorded: Set<InputRecord.Kind> = [
        .exclusion, .correction, .negotiation, .claim, .acceptance,
    ]

    /// The facts that the ledger has records of, by what messages call them.
    private static func facts(_ document: InputDocument) -> [String: InputRecord] {
        Dictionary(
            document.records.filter { Self.recorded.contains($0.kind) }
                .map { ("\($0.kind.rawValue) \($0.subject)", $0) },
            uniquingKeysWith: { first, _ in first })
    }
}
