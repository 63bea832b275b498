extension RunningMonth {
    /// The count of one month under what is known of exclusions: the settled part as a tally, and what it takes to
    /// count the rest.
    struct Count: Sendable, Equatable {
        /// What judges the month.
        private let agreement: Agreement
        private let month: CivilMonth
        private let period: Interval
        private let plan: MonthPlan
        private let service: Service
        /// All that concern the service, and the version of the index that they were found in.
        private let exclusions: [Exclusion]
        var version: Int?
        /// From when until when no exclusion of the service becomes known or is revoked.
        private let knownFrom: Instant
        private let knownUntil: Instant

        /// The admitted exclusions that end after ``settledTo``.
        private var admitted: [Exclusion]
        private var settledTo = Instant.distantPast
        private var settled = Tally()
        private var settledTransients = DayTransients()
        private var recentDowntime = RecentDowntime()
        private var burns: BurnMinima
        /// Since when the service was disrupted at ``settledTo``; kept where maintenance is admitted.
        private var disruptedSince: Instant?
        /// The last interval before ``settledTo`` in which it was up, and in which it was down.
        private var lastUp: Interval?
        private var lastDown: Interval?

        init(
            of service: Service, under agreement: Agreement, at now: Instant, exclusions index: ExclusionIndex,
            announcedBurns: [Milliseconds: Instant], disruptedSince: Instant?
        ) {
            self.service = service
            exclusions = index.concerning(service)
            version = index.version
            month = agreement.calendar.month(containing: now)
            period = agreement.calendar.interval(of: month)
            self.agreement = agreement.judging(service.paid, in: period)
            burns = BurnMinima(since: announcedBurns, in: period)
            self.disruptedSince = disruptedSince
            plan = MonthPlan(of: service, month: period, asOf: now, under: agreement, exclusions: exclusions)
            admitted = exclusions.filter { $0.isInForce(asOf: now) && $0.refusal(under: agreement) == nil }
            let changes = exclusions.flatMap { [$0.recordedAt, $0.revokedAt].compactMap { $0 } }
            knownFrom = changes.filter { $0 <= now }.max() ?? .distantPast
            knownUntil = changes.filter { $0 > now }.min() ?? .distantFuture
        }

        /// Whether it goes on at `now`. Constant time where the index is of the same version; else the service's own
        /// exclusions are compared.
        func holds(at now: Instant, exclusions index: ExclusionIndex) -> Bool {
            guard period.contains(now), knownFrom <= now, now < knownUntil, settledTo <= now else { return false }
            return (version != nil && version == index.version) || exclusions == index.concerning(service)
        }

        /// Follows burns that were announced as `announced` says.
        ///
        /// - Returns: whether it could: not where one was announced before what is settled already.
        mutating func follow(_ announced: [Milliseconds: Instant]) -> Bool {
            burns.follow(announced, in: period, settledTo: settledTo)
        }

        /// When it no longer holds, whatever is recorded until then.
        var nextChange: Instant { min(period.end, knownUntil) }

        /// Counts for good what `timeline` says of the time up to `instant`, which nothing will change.
        mutating func settle(_ timeline: ServiceTimeline, to instant: Instant) {
            guard let stretch = Interval(settledTo, instant) else { return }
            let disruptions = disruptions(timeline)
            let partition = partition(timeline, in: stretch, disruptions)
            settled += Tally(partition)
            count(timeline, in: stretch, into: &settledTransients)
            recentDowntime.append(partition.down)
            burns.extend(over: recentDowntime, from: settledTo, to: instant)
            recentDowntime.forget(before: instant - BurnWindow.longest)
            lastUp = Self.last(lastUp, continuedBy: timeline.up, in: stretch)
            lastDown = Self.last(lastDown, continuedBy: timeline.down, in: stretch)
            disruptedSince = disruptions?.since(at: instant)
            admitted.removeAll { $0.interval.end <= instant }
            settledTo = instant
        }

        /// The figures and the state at `now`, `timeline` being right from what is settled on.
        func figures(
            _ timeline: ServiceTimeline, at now: Instant
        ) -> (figures: MonthToDate, state: ServiceState, since: Instant?) {
            var tally = settled
            var transients = settledTransients
            var down = IntervalSet.empty
            if let stretch = Interval(settledTo, now) {
                let partition = partition(timeline, in: stretch, disruptions(timeline))
                tally += Tally(partition)
                count(timeline, in: stretch, into: &transients)
                down = partition.down
            }
            func downtime(last length: Milliseconds) -> Milliseconds {
                let from = now - length
                return recentDowntime.length(since: from) + down.intersection(IntervalSet(Interval(from, now))).length
            }
            var minima = burns
            if tally.down > 0, !minima.isEmpty {
                var all = recentDowntime
                all.append(down)
                minima.extend(over: all, from: settledTo, to: now)
            }
            let downtimes =
                tally.down == 0
                ? []
                : BurnWindow.all.map {
                    BurnWindow.Downtime(
                        long: downtime(last: $0.length), short: downtime(last: $0.short),
                        leastSince: minima.least(of: $0))
                }
            let (state, since) = state(timeline, at: now)
            return (
                MonthToDate(
                    month: month, asOf: now, tally: tally, plan: plan, burns: downtimes, transients: transients,
                    under: agreement), state, since
            )
        }

        private func count(_ timeline: ServiceTimeline, in stretch: Interval, into day: inout DayTransients) {
            day.add(timeline.transients, in: stretch, committed: plan.committed, agreement.calendar)
        }

        private func partition(
            _ timeline: ServiceTimeline, in stretch: Interval, _ disruptions: Disruptions?
        ) -> Partition {
            Partition(
                of: service, committed: plan.committed.intersection(stretch), timeline: timeline, admitted: admitted,
                policy: agreement.excludedTime, disruptions: disruptions)
        }

        /// Those after ``settledTo``, where any maintenance asks for them. What ends is settled does not come back.
        private func disruptions(_ timeline: ServiceTimeline) -> Disruptions? {
            guard admitted.haveMaintenance else { return nil }
            return Disruptions(timeline, after: settledTo, since: disruptedSince)
        }

        // MARK: - The state

        private func state(_ timeline: ServiceTimeline, at now: Instant) -> (ServiceState, Instant?) {
            let (state, since) = timeline.state(at: now)
            switch state {
            case .up: return (state, beginning(since, of: lastUp))
            case .down: return (state, beginning(since, of: lastDown))
            case .unmeasured: return (state, [since, lastUp?.end, lastDown?.end].compactMap { $0 }.max())
            }
        }

        /// Where the interval began that `last` is the settled part of.
        private func beginning(_ since: Instant?, of last: Interval?) -> Instant? {
            guard let since, since <= settledTo, let last, last.end == settledTo else { return since }
            return last.start
        }

        private static func last(
            _ last: Interval?, continuedBy set: IntervalSet, in stretch: Interval
        ) -> Interval? {
            guard let piece = set.last(in: stretch) else { return last }
            if let last, last.end == piece.start { return Interval(unchecked: last.start, piece.end) }
            return piece
        }
    }
}
