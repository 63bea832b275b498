import Configuration
import Ledger
import SLA

extension HistoryImport {
    /// The most checks that are named one by one.
    private static let named = 20

    /// What a person should know before the samples are recorded: of which checks they are further apart, or nearer to
    /// each other, than they will be read to be; a sentence each, with the cure.
    ///
    /// - Parameter history: how checks were measured, since when, by the service.
    func cadenceWarnings(_ history: [String: ServiceHistory], asOf now: Instant, _ catalog: Catalog) -> [String] {
        let calendar = catalog.agreement.calendar
        var warnings: [String] = []
        var left = 0
        for (id, entries) in checks {
            let known = history[id.service]?.rules(asOf: now, calendar: calendar)
            guard let rules = known ?? catalog.service(id.service)?.rules else { continue }
            var passes: [[Instant]] = []
            var last: Pass?
            for sample in entries.lazy.map(\.sample) {
                if sample.pass != last { passes.append([]) }
                passes[passes.count - 1].append(sample.at)
                last = sample.pass
            }
            for cadence in SampleCadence.misfits(of: passes, id.check, rules) {
                if warnings.count < Self.named {
                    warnings.append(cadence.words(for: id, in: calendar.zone))
                } else {
                    left += 1
                }
            }
        }
        return warnings
            + (left > 0 ? ["\(Counted.text(left, "more check")) whose samples do not fit their interval"] : [])
    }
}

extension Configuration {
    /// What a person should know before `history` is recorded at `now`: see ``HistoryImport/cadenceWarnings(_:asOf:_:)``.
    ///
    /// - Throws: `LedgerError`; where there is no ledger, the configuration's rules count.
    public func cadenceWarnings(of history: HistoryImport, at now: Instant) throws -> [String] {
        try readableOrEmptyLedger { ledger in
            let known = try ledger.read { try $0.catalogHistory() }
            let histories = known.histories(including: catalog, asOf: now, now: now)
            return history.cadenceWarnings(histories, asOf: now, catalog)
        }
    }
}

extension SampleCadence {
    /// The sentence about the samples of `id`.
    fileprivate func words(for id: CheckID, in zone: TimeZoneRules) -> String {
        // A scheduler's jitter is none of its interval.
        let interval = self.spacing < 10_000 ? self.spacing : (self.spacing + 500) / 1000 * 1000
        let (spacing, start) = (DurationText.spoken(interval), RFC3339.text(from, in: zone))
        let read =
            "\(id): samples \(spacing) apart from \(start) on, and read as taken every "
            + "\(DurationText.spoken(check.interval)), stale after \(DurationText.spoken(check.staleAfter)): "
        let cure =
            "; availd rules correct \(id.service) --check \(id.check) --from \(start) --interval "
            + "\(DurationText.written(interval)) says how it was"
        return switch misfit {
        case .sparse(let unmeasured, let all):
            read + "\(DurationText.spoken(unmeasured)) of \(DurationText.spoken(all)) would be unmeasured" + cure
        case .dense: read + "what is missing between them would count as up" + cure
        }
    }
}
