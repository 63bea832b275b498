import Ledger
import Platform
import Reporting
import SLA

/// The one road from the ledger to figures: the inputs as they were known, then timelines, then figures.
extension LedgerSnapshot {
    /// What the figures of `month` are computed from, as it was known at `asOf`.
    public func inputs(
        of month: CivilMonth, asOf: Instant, configured: Catalog, now: Instant = SystemClock.wall()
    ) throws -> FigureInputs {
        try inputs(of: .month(month), asOf: asOf, configured: configured, now: now)
    }

    /// What the figures of `asked` are computed from, as it was known at `asOf`.
    ///
    /// - Parameters:
    ///   - configured: the agreement and the services of the configuration, as it is at `now`.
    ///   - now: what the clock shows; the configuration counts as known from then on, and at the `asOf` of the asker
    ///     who has just read a clock.
    ///   - withdrawals: identifiers of those that are passed over.
    public func inputs(
        of asked: ReportPeriod, asOf: Instant, configured: Catalog, now: Instant = SystemClock.wall(),
        without withdrawals: Set<String> = []
    ) throws -> FigureInputs {
        let calendar = configured.agreement.calendar
        let history = try catalogHistory().without(withdrawals: withdrawals)
        var reported = asked
        if case .terms = asked, let known = Interval(.distantPast, asOf) {
            let ever = history.catalog(in: known, asOf: asOf, configured: configured, now: now)
            reported = .terms(of: ever.services.map(\.paid), asOf: asOf, in: calendar)
        }
        let period = reported.interval(in: calendar)
        let catalog = history.catalog(in: period, asOf: asOf, configured: configured, now: now)
        let claims = try maintenance().claims(overlapping: period, catalog: catalog, asOf: asOf)
        let corrections = try corrections().known(asOf: asOf)
        return FigureInputs(
            of: reported, asOf: asOf, catalog: catalog,
            exclusions: (try exclusions().map(\.exclusion) + claims.map(\.exclusion)).compactMap {
                $0.known(asOf: asOf)
            },
            settlements: try settlements(), corrections: corrections, passEnds: try passEnds(),
            paidBeforeWithdrawal: history.paidBeforeWithdrawal(of: catalog, in: period, asOf: asOf),
            rulesBeforeCorrection: history.rulesBeforeCorrection(of: catalog, in: period, asOf: asOf),
            measuredSince: try CorrectionIndex(corrections, at: asOf, version: 0).measuredSince(catalog.services) {
                check, _, rules in
                try firstMeasuredAt(check, asOf: asOf, in: rules)
            })
    }

    /// The services of `configured`, with their paid time as it is known at `now`: what the daemon follows.
    public func watched(_ configured: Catalog, now: Instant) throws -> Catalog {
        let period = configured.agreement.calendar.interval(ofMonthContaining: now)
        let counted = try catalogHistory().catalog(in: period, asOf: now, configured: configured, now: now)
        return Catalog(
            agreement: counted.agreement, customers: configured.customers,
            services: counted.services.filter { configured.service($0.id) != nil })
    }

    /// Time as the checks of `service` saw it, as far as the figures of `inputs` need it.
    public func timeline(of service: Service, for inputs: FigureInputs) throws -> ServiceTimeline {
        try timeline(of: service, for: inputs) { check, time, timeline in
            try feed(&timeline, of: check, covering: time, asOf: inputs.asOf)
        }.timeline
    }

    /// The same of what `feed` gives of a check over a time, and from when on it is right. It may be asked for a check
    /// again, over a longer time: then that is all.
    func timeline(
        of service: Service, for inputs: FigureInputs, feed: (CheckID, Interval, inout CheckTimeline) throws -> Void
    ) throws -> (timeline: ServiceTimeline, from: Instant) {
        try inputs.timeline(of: service, since: { try firstSampleAt(of: service) }) { time in
            try inputs.timeline(of: service, in: time, feed: feed)
        }
    }

    /// The report that follows from `inputs` and the samples.
    public func report(_ inputs: FigureInputs) throws -> MonthlyReport {
        try MonthlyReport(inputs) { try timeline(of: $0, for: $1) }
    }

    /// The report of `month` as it was known at `asOf`.
    public func report(of month: CivilMonth, asOf: Instant, configured: Catalog) throws -> MonthlyReport {
        try report(inputs(of: month, asOf: asOf, configured: configured))
    }

    /// The report that is asked for, as it was known at `asOf`.
    ///
    /// - Throws: `Unknown`; a `Refusal` where what is supposed is recorded already; `LedgerError`.
    public func reportDocument(
        _ request: ReportRequest, asOf: Instant, configured: Catalog
    ) throws -> ReportDocument {
        let history = try catalogHistory()
        let withdrawals = history.services.values.flatMap { $0.withdrawals.map(\.id) }
        let facts = try exclusions().map(\.exclusion.id) + withdrawals
        let gone = Set(request.hypothesis?.without ?? [])
        return try request.document(among: history.everKnown(configured), facts: facts) { period in
            try inputs(of: period, asOf: asOf, configured: configured, without: gone)
        } timeline: {
            try timeline(of: $0, for: $1)
        }
    }

    /// The services of `configured`, and those that it no longer has: what a name can mean.
    public func everKnown(_ configured: Catalog) throws -> Catalog { try catalogHistory().everKnown(configured) }
}
