/// What one service's month, or a longer time, came to: the figures of one row of the report, with the time behind them.
public struct MonthFigures: Hashable, Sendable {
    /// What it is about.
    public let period: ReportPeriod
    /// The instant up to which things were known.
    public let asOf: Instant
    /// The service.
    public let service: Service
    /// What judges it: what was in force at its first committed instant (semantics §3.2). It knows what was before.
    public let agreement: Agreement
    /// Where each millisecond went.
    public let partition: Partition
    /// The share of time it was available; nil where there is nothing to divide by.
    public let availability: Ratio?
    /// The share if outages were as long as they can have been and nothing unmeasured was up.
    public let availabilityMin: Ratio?
    /// The share if outages were as short as they can have been and everything unmeasured was up.
    public let availabilityMax: Ratio?
    /// Whether the commitment was kept.
    public let verdict: Verdict
    /// Whether that holds at both bounds; nil where there is no availability.
    public let certainty: Certainty?
    /// The maximal intervals of committed time in which it was down, before any exclusion.
    public let outages: [Interval]
    /// The failures too short to be outages that begin in committed time.
    public let transients: [Interval]
    /// The admitted exclusions that touch its committed time, by their beginning.
    public let admitted: [Exclusion]
    /// The exclusions that would touch its committed time and are not admitted, each with the reason.
    public let refused: [RefusedExclusion]
    /// What is due to the customer; nil where nothing is, as before the month has ended, and of a longer time.
    public internal(set) var credit: Credit?
    /// What a credit is found by; nil before the month has ended, and of a longer time: credits follow from months alone.
    let basis: CreditBasis?
    /// The voids and downtimes that change something of its committed time, by their beginning.
    public let corrections: [Correction]
    /// Those that lie over it and are not applied, by their beginning.
    public let refusedCorrections: [Correction]
    /// Since when the service is measured, of any month; nil where it never was, or that is not known (semantics §6).
    public let measuredSince: Instant?
    /// What it would be without the provider's own corrections, where the verdict or the credit is another; nil where
    /// there is no such difference, or it was not asked for.
    public internal(set) var uncorrected: UncorrectedFigures?

    /// The figures of `service` for `reported`.
    ///
    /// - Parameters:
    ///   - timeline: built from every sample at `asOf` or before (semantics §3).
    ///   - exclusions: of any service and any time; those that are not known at `asOf` are passed over here.
    ///   - settlements: of any service and any month; those that are not known at `asOf` are passed over here.
    ///   - corrections: with which the timeline was built, of any service and any time.
    ///   - measuredSince: since when the service is measured, of any month; nil where that is not known.
    public init(
        of service: Service, in reported: ReportPeriod, asOf: Instant, under agreement: Agreement,
        timeline: ServiceTimeline, exclusions: [Exclusion], settlements: Settlements = Settlements(),
        corrections: [Correction] = [], measuredSince: Instant? = nil
    ) {
        period = reported
        self.measuredSince = measuredSince
        self.asOf = asOf
        self.service = service
        let whole = reported.interval(in: agreement.calendar)
        let agreement = agreement.judging(service.paid, in: whole)
        self.agreement = agreement

        let committed = IntervalSet(reported.past(in: agreement.calendar, asOf: asOf)).intersection(service.paid)
        let admission = Admission(of: exclusions, on: service, in: committed, asOf: asOf, under: agreement)
        admitted = admission.admitted
        refused = admission.refused
        let touching = corrections.filter { correction in
            correction.isInForce(asOf: asOf) && correction.concerns(service)
                && !committed.intersection(correction.time(of: service)).isEmpty
        }.sorted { ($0.interval.start, $0.id) < ($1.interval.start, $1.id) }
        self.corrections = touching.filter {
            $0.refusal == nil && timeline.isTouched(by: $0, of: service, within: committed)
        }
        refusedCorrections = touching.filter { $0.refusal != nil }
        partition = Partition(
            of: service, committed: committed, timeline: timeline, admitted: admitted, policy: agreement.excludedTime)

        let figures = AvailabilityFigures(Tally(partition), under: agreement)
        verdict = figures.verdict
        availability = figures.availability
        availabilityMin = figures.availabilityMin
        availabilityMax = figures.availabilityMax
        certainty = figures.certainty

        outages = timeline.down.intersection(committed).intervals
        transients = timeline.transients.filter { committed.contains($0.start) }
        basis = reported.month.flatMap { month in
            asOf < whole.end
                ? nil
                : CreditBasis(
                    figures,
                    price: MonthPrice(
                        of: service, committed: committed, in: whole, isProrated: agreement.compensation.isProrated),
                    agreed: CreditAgreement(settlements, of: service.id, in: month, asOf: asOf), under: agreement)
        }
        credit = nil
        assessCredit(without: nil)
    }

    /// The availability that was promised, in percent.
    public var objective: ExactDecimal { agreement.objective }

    /// Finds what is due, where without the provider's own corrections it would be what `plain` says; nil where there are
    /// none.
    mutating func assessCredit(without plain: CreditBasis?) {
        credit = basis.flatMap {
            Credit(
                $0.assessment, without: plain?.assessment, price: $0.price, under: agreement.compensation,
                agreed: $0.agreed)
        }
    }

    /// How much was measured, in ms: what the percentages rest on.
    public var measured: Milliseconds { partition.up.length + partition.down.length }

    /// How much there was to measure, in ms: what is committed and not excluded.
    public var measurable: Milliseconds { partition.committed.length - partition.excludedLength }

    /// The length of the longest of ``outages``, in ms; 0 where there is none.
    public var longestOutage: Milliseconds {
        outages.map(\.length).max() ?? 0
    }
}

/// Which exclusions touch a service's committed time, and which of those are admitted (semantics §4).
private struct Admission {
    var admitted: [Exclusion] = []
    var refused: [RefusedExclusion] = []

    init(
        of exclusions: [Exclusion], on service: Service, in committed: IntervalSet, asOf: Instant,
        under agreement: Agreement
    ) {
        let touching = exclusions.filter { exclusion in
            exclusion.isInForce(asOf: asOf) && exclusion.concerns(service)
                && !committed.intersection(exclusion.time(of: service)).isEmpty
        }
        for exclusion in touching.sorted(by: { ($0.interval.start, $0.id) < ($1.interval.start, $1.id) }) {
            if let refusal = exclusion.refusal(under: agreement) {
                refused.append(RefusedExclusion(exclusion: exclusion, refusal: refusal))
            } else {
                admitted.append(exclusion)
            }
        }
    }
}
