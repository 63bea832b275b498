/// Everything that the figures of a month, or of a longer time, are computed from, but the samples: the agreement and the
/// paid terms (in the catalogue), the exclusions, what was agreed as compensation, and the instant of knowledge. Equal
/// inputs and equal samples give equal digits.
public struct FigureInputs: Hashable, Sendable {
    /// What the figures are of.
    public var reported: ReportPeriod
    /// The instant up to which things are known.
    public var asOf: Instant
    /// The agreement and the services with their paid terms, as they are to be counted.
    public var catalog: Catalog
    /// The exclusions of any service and any time; those that are not known at ``asOf`` are passed over.
    public var exclusions: [Exclusion]
    /// What people have said of compensation, of any service and any month; what is not known at ``asOf`` is passed over.
    public var settlements: Settlements
    /// The voids and downtimes of any service and any time; those that are not known at ``asOf`` are passed over.
    public var corrections: [Correction]
    /// Where passes of the wall clock ended, of any check.
    public var passEnds: [PassEnd]
    /// What would be paid for without withdrawals, by the service's identifier, where that is something else.
    public var paidBeforeWithdrawal: [String: IntervalSet]
    /// How services would be measured without corrections of their rules, by their identifiers, where that is otherwise.
    public var rulesBeforeCorrection: [String: MeasuringRules]
    /// Since when services are measured, by their identifiers: the first sample of any month that tells anything, outside
    /// voids; those without are left out. No figure follows from it (semantics §6).
    public var measuredSince: [String: Instant]
    /// From when on a statement's samples are kept, where an outage from before the month reaches into its maintenance;
    /// nil where they are those about the month.
    public var samplesFrom: Instant?

    /// The inputs of `month`'s figures.
    public init(
        month: CivilMonth, asOf: Instant, catalog: Catalog, exclusions: [Exclusion],
        settlements: Settlements = Settlements(), corrections: [Correction] = [], passEnds: [PassEnd] = [],
        paidBeforeWithdrawal: [String: IntervalSet] = [:], rulesBeforeCorrection: [String: MeasuringRules] = [:],
        measuredSince: [String: Instant] = [:], samplesFrom: Instant? = nil
    ) {
        self.init(
            of: .month(month), asOf: asOf, catalog: catalog, exclusions: exclusions, settlements: settlements,
            corrections: corrections, passEnds: passEnds, paidBeforeWithdrawal: paidBeforeWithdrawal,
            rulesBeforeCorrection: rulesBeforeCorrection, measuredSince: measuredSince, samplesFrom: samplesFrom)
    }

    /// The inputs of the figures of `reported`.
    public init(
        of reported: ReportPeriod, asOf: Instant, catalog: Catalog, exclusions: [Exclusion],
        settlements: Settlements = Settlements(), corrections: [Correction] = [], passEnds: [PassEnd] = [],
        paidBeforeWithdrawal: [String: IntervalSet] = [:], rulesBeforeCorrection: [String: MeasuringRules] = [:],
        measuredSince: [String: Instant] = [:], samplesFrom: Instant? = nil
    ) {
        self.reported = reported
        self.asOf = asOf
        self.catalog = catalog
        self.exclusions = exclusions
        self.settlements = settlements
        self.corrections = corrections
        self.passEnds = passEnds
        self.paidBeforeWithdrawal = paidBeforeWithdrawal
        self.rulesBeforeCorrection = rulesBeforeCorrection
        self.measuredSince = measuredSince
        self.samplesFrom = samplesFrom
    }

    /// The whole time that the figures are of.
    public var period: Interval { reported.interval(in: catalog.agreement.calendar) }

    /// The calendar month that they are of; nil of a longer time.
    public var month: CivilMonth? { reported.month }

    /// The inputs of `service` alone, whose own paid term it is about where each service's is meant.
    public func own(of service: Service) -> FigureInputs {
        var own = self
        own.reported = reported.own(service.paid, asOf: asOf, in: catalog.agreement.calendar)
        return own
    }

    /// The timeline of `service`, each of whose checks `feed` gives every sample at ``asOf`` or before that the
    /// calculation over the interval needs, pass by pass in order of time; those in the timeline's voids may be among
    /// them. It may ask for a check again, over a longer interval.
    ///
    /// - Parameter time: the time in which it is right; nil for the whole.
    public func timeline(
        of service: Service, in time: Interval? = nil, feed: (CheckID, Interval, inout CheckTimeline) throws -> Void
    ) rethrows -> ServiceTimeline {
        try ServiceTimeline(
            of: service, in: time ?? period, corrections: ServiceCorrections(corrections, of: service, asOf: asOf),
            ends: passEnds,
            feed: feed)
    }

    /// The figures of `service`, whose `timeline` is ``timeline(of:feed:)``.
    public func figures(of service: Service, timeline: ServiceTimeline) -> MonthFigures {
        MonthFigures(
            of: service, in: reported, asOf: asOf, under: catalog.agreement, timeline: timeline,
            exclusions: exclusions, settlements: settlements, corrections: corrections,
            measuredSince: measuredSince[service.id])
    }

    /// The same with what they would be without the provider's own corrections (semantics §6).
    ///
    /// - Parameter timeline: of a service by inputs.
    public func figures(
        of service: Service, _ timeline: (Service, FigureInputs) throws -> ServiceTimeline
    ) rethrows -> MonthFigures {
        var figures = figures(of: service, timeline: try timeline(service, self))
        if let plain = uncorrected(service) {
            let (before, inputs) = plain
            figures.note(uncorrected: inputs.figures(of: before, timeline: try timeline(before, inputs)))
        }
        return figures
    }

    /// `service` and the inputs without voids, revocations of downtimes, corrections of rules and withdrawals of paid
    /// time; nil where there is none of those.
    func uncorrected(_ service: Service) -> (service: Service, inputs: FigureInputs)? {
        let known = corrections.filter { correction in
            (correction.recordedAt ?? .distantPast) <= asOf && correction.refusal == nil
                && correction.concerns(service)
        }
        let isOurs = known.contains { $0.kind == .downtime ? !$0.isInForce(asOf: asOf) : $0.isInForce(asOf: asOf) }
        let (paid, rules) = (paidBeforeWithdrawal[service.id], rulesBeforeCorrection[service.id])
        guard isOurs || paid != nil || rules != nil else { return nil }
        var (before, inputs) = (service, self)
        before.paid = paid ?? service.paid
        before.past = rules ?? service.past
        inputs.corrections = known.filter { $0.kind == .downtime }
        for index in inputs.corrections.indices { inputs.corrections[index].revocation = nil }
        (inputs.paidBeforeWithdrawal, inputs.rulesBeforeCorrection) = ([:], [:])
        return (before, inputs)
    }
}
