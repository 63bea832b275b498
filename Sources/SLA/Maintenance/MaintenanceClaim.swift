/// What one segment of a maintenance window claims for one customer: an exclusion, and how far its notice is.
public struct MaintenanceClaim: Hashable, Sendable {
    /// The exclusion that follows. Whether it is admitted is for `Exclusion.refusal(under:)` to say, as of any other.
    public let exclusion: Exclusion
    /// The window.
    public let window: MaintenanceWindow
    /// The segment of it.
    public let segment: MaintenanceWindow.Segment
    /// The customer.
    public let customer: Customer
    /// The channels that the customer must still be told by.
    public let missing: [NoticeChannel]
    /// The last instant at which notice is in time.
    public let noticeDue: Instant

    /// Whether `id` is of the form that exclusions of maintenance are called by, as `M3.2026-10-11.acme`: no other
    /// exclusion may be called so, or two would share a name.
    public static func isIdentifier(_ id: String) -> Bool {
        let parts = id.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, case .window = NoticeSubject(parts[0] + "." + parts[1]) else { return false }
        return true
    }

    /// Why it is not admitted at `now`, or nil where it is, or where its notice can still be in time.
    public func refusal(under agreement: Agreement, at now: Instant) -> ExclusionRefusal? {
        guard let refusal = exclusion.refusal(under: agreement) else { return nil }
        switch refusal {
        case .noNotice, .earlyNotice: return now <= noticeDue ? nil : refusal
        case .lateNotice, .unprovenNotice, .noEvidence: return refusal
        }
    }
}

extension MaintenanceRecord {
    /// What the windows that hold an instant of `range` claim as it was known at `asOf`: a claim for each segment of a
    /// window and each customer with a service in the plan's scope.
    ///
    /// Notice was given when the last of the channels that the customer must be told by was done (clause 6.1). A
    /// window that was cancelled claims nothing from then on.
    public func claims(overlapping range: Interval, catalog: Catalog, asOf: Instant) -> [MaintenanceClaim] {
        let known = known(asOf: asOf)
        let given = GivenNotices(known.deliveries)
        return known.plans.flatMap { plan in
            let windows = known.windows(of: plan, overlapping: range, in: catalog.agreement.calendar)
            return windows.isEmpty ? [] : Self.claims(of: windows, plan, catalog: catalog, given: given)
        }
    }

    private static func claims(
        of windows: [MaintenanceWindow], _ plan: MaintenancePlan, catalog: Catalog, given: GivenNotices
    ) -> [MaintenanceClaim] {
        let agreement = catalog.agreement
        let affected = plan.affected(of: catalog).map { customer, services in
            // In one order, however the configuration lists them: they are part of what a statement keeps.
            (customer, services.map(\.id).sorted().map(ScopeTerm.service), agreement.requiredChannels(for: customer))
        }
        return windows.flatMap { window in
            window.segments.flatMap { segment in
                // What an extension adds has a notice of its own already.
                let recurs = plan.isRecurring && segment.added == nil
                let time = recurs ? agreement.noticeTime(ofRecurring: segment.interval.start) : IntervalSet(.always)
                let due = window.noticeDue(of: segment, under: agreement)
                return affected.map { customer, scope, required in
                    let told = GivenNotice(required, in: time, plannedAt: plan.plannedAt) {
                        given.first($0, to: customer.id, about: window.subjects(of: segment), in: time)
                    }
                    let exclusion = Exclusion(
                        id: exclusionID(window.id(of: segment), customer.id), category: plan.kind.category,
                        scope: scope, interval: segment.interval, noticeAt: told.at,
                        evidence: segment.added?.reason ?? plan.reason,
                        recordedAt: segment.added?.at ?? plan.plannedAt,
                        recordedBy: segment.added?.by ?? plan.plannedBy, revokedAt: window.cancellation?.at,
                        plan: recurs ? plan.id : nil)
                    return MaintenanceClaim(
                        exclusion: exclusion, window: window, segment: segment, customer: customer,
                        missing: told.missing, noticeDue: due)
                }
            }
        }
    }

    /// As `M3.2026-10-11.acme`; a customer's identifier that leaves no room in one of 64 characters is cut, with a
    /// number in its place that differs for others.
    private static func exclusionID(_ segment: String, _ customer: String) -> String {
        let id = segment + "." + customer
        guard id.unicodeScalars.count > 64 else { return id }
        // FNV-1a, as it is the same on every machine.
        let hash = customer.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return segment + "." + String(hash, radix: 36)
    }
}

/// How far the notice of a segment to a customer is.
private struct GivenNotice {
    /// When it was given; nil where a channel was never done. Where any was only done outside the time in which it
    /// counts, when the first of those was.
    let at: Instant?
    /// The channels that are still to be done.
    let missing: [NoticeChannel]

    /// The notice by channels that are `required`, each list in its time: given at the first instant at which all that
    /// are required then were done, in `time`. Where there is none, what is required last says what is missing.
    ///
    /// - Parameter first: when a channel was first done.
    init(
        _ required: [(channels: [NoticeChannel], time: Interval)], in time: IntervalSet, plannedAt: Instant,
        _ first: (NoticeChannel) -> Instant?
    ) {
        for (channels, inForce) in required.dropLast() {
            let done = channels.map(first)
            guard done.allSatisfy({ $0.map(time.contains) ?? false }) else { continue }
            let given = max(done.compactMap { $0 }.max() ?? plannedAt, inForce.start)
            guard inForce.contains(given) else { continue }
            (at, missing) = (given, [])
            return
        }
        let (channels, since) = required.last.map { ($0.channels, $0.time.start) } ?? ([], .distantPast)
        let done = channels.map(first)
        // What was told too early is still to be told.
        missing = zip(channels, done).filter { !($0.1.map(time.contains) ?? false) }.map(\.0)
        let all = done.compactMap { $0 }
        if all.count < done.count {
            at = nil
        } else {
            let outside = all.filter { !time.contains($0) }.min()
            at = outside ?? max(all.max() ?? plannedAt, since)
        }
    }
}

/// When each channel was done, for whom, about what.
private struct GivenNotices {
    private struct Key: Hashable {
        let subject: NoticeSubject
        let customer: String?
        let channel: NoticeChannel
    }

    private var instants: [Key: [Instant]] = [:]

    /// Those of `deliveries` that count: one that was recorded afterwards needs evidence (semantics §4).
    init(_ deliveries: [NoticeDelivery]) {
        for delivery in deliveries where delivery.isProven {
            let key = Key(subject: delivery.subject, customer: delivery.customer, channel: delivery.channel)
            instants[key, default: []].append(delivery.at)
        }
        for key in instants.keys { instants[key]?.sort() }
    }

    /// The first in `time`; where there is none, the last of all.
    func first(
        _ channel: NoticeChannel, to customer: String, about subjects: [NoticeSubject], in time: IntervalSet
    ) -> Instant? {
        let known = subjects.flatMap { subject in
            [customer, nil].compactMap { instants[Key(subject: subject, customer: $0, channel: channel)] }
        }
        let inTime = known.compactMap { instants in
            time.intervals.lazy.compactMap { interval in
                let first = instants.partitionPoint { $0 >= interval.start }
                return first < instants.count && instants[first] < interval.end ? instants[first] : nil
            }.first
        }
        return inTime.min() ?? known.compactMap(\.last).max()
    }
}
