/// A stretch of committed time of one class, with what put it there.
public struct ExplainedSpan: Hashable, Sendable {
    /// The time.
    public let interval: Interval
    /// How it counts, and why.
    public let reason: Reason
    /// The maintenance that does not hold it although it lies in its time, as it is down.
    public let unexcused: [UnexcusedDowntime]

    /// A span, held by whatever lies over it unless `unexcused` says otherwise.
    public init(interval: Interval, reason: Reason, unexcused: [UnexcusedDowntime] = []) {
        self.interval = interval
        self.reason = reason
        self.unexcused = unexcused
    }

    /// The class of a span with its reason.
    public enum Reason: Hashable, Sendable {
        /// The samples found it up.
        case up
        /// Part of an outage, no admitted exclusion holding it.
        case down
        /// Nobody knows.
        case unmeasured(Gap)
        /// Inside admitted exclusions of one category; with `forgiven`, only where it was down.
        case excluded(ExclusionCategory, by: [String])
    }

    /// Why nobody knows.
    public enum Gap: String, Hashable, Sendable {
        /// Failures too few to confirm an outage, which nothing adjacent resolved.
        case unconfirmed
        /// A sample that could not tell.
        case unknown
        /// The monitor measured wrongly: what it saw then is void.
        case void
        /// No sample speaks for it.
        case noSample = "no_sample"
    }
}

extension MonthFigures {
    /// Every span of committed time, in order; they add up to it exactly.
    ///
    /// - Parameter timeline: the one that the figures were made of.
    public func explained(by timeline: ServiceTimeline) -> [ExplainedSpan] {
        var spans: [ExplainedSpan] = []
        func add(_ set: IntervalSet, _ reason: ExplainedSpan.Reason) {
            spans += set.intervals.map { ExplainedSpan(interval: $0, reason: reason) }
        }
        add(partition.up, .up)
        // Each by itself, so that it can be said why: by which corrections, of those that hold it.
        func add(_ set: IntervalSet, _ reason: ExplainedSpan.Reason, by kind: Correction.Kind) {
            let own = corrections.filter { $0.kind == kind }.flatMap { correction in
                correction.time(of: service).intervals.map { (correction.id, $0) }
            }
            for piece in Self.pieces(of: set, cutBy: own) { add(IntervalSet(piece.interval), reason) }
        }
        let unexcused = partition.unexcused.reduce(IntervalSet.empty) { $0.union($1.downtime) }
        add(partition.down.subtracting(timeline.downtime).subtracting(unexcused), .down)
        add(partition.down.intersection(timeline.downtime).subtracting(unexcused), .down, by: .downtime)
        spans += unexcusedSpans(partition.down.intersection(unexcused), timeline)

        let unconfirmed = partition.unmeasured.intersection(timeline.undecided)
        let unknown = partition.unmeasured.intersection(timeline.unknown).subtracting(unconfirmed)
        add(unconfirmed, .unmeasured(.unconfirmed))
        add(unknown, .unmeasured(.unknown))
        let rest = partition.unmeasured.subtracting(unconfirmed).subtracting(unknown)
        let voided = IntervalSet(
            corrections.filter { $0.kind == .void }.flatMap { $0.time(of: service).intervals })
        add(rest.intersection(voided), .unmeasured(.void), by: .void)
        add(rest.subtracting(voided), .unmeasured(.noSample))

        for (category, time) in partition.excluded {
            let own = admitted.filter { $0.category == category }.flatMap { exclusion in
                held(by: exclusion).intervals.map { (exclusion.id, $0) }
            }
            for piece in Self.pieces(of: time, cutBy: own) {
                add(IntervalSet(piece.interval), .excluded(category, by: piece.ids))
            }
        }
        return spans.sorted { $0.interval.start < $1.interval.start }
    }

    /// What `exclusion`, which is admitted, holds.
    private func held(by exclusion: Exclusion) -> IntervalSet {
        partition.unexcused.first { $0.exclusion == exclusion.id }?.held ?? exclusion.time(of: service)
    }

    /// The spans of `down`, which some maintenance does not hold although it lies in its time.
    private func unexcusedSpans(_ down: IntervalSet, _ timeline: ServiceTimeline) -> [ExplainedSpan] {
        let cuts =
            partition.unexcused.flatMap { unexcused in
                unexcused.downtime.intervals.map { (unexcused.exclusion, $0) }
            }
            + corrections.filter { $0.kind == .downtime }.flatMap { correction in
                correction.time(of: service).intervals.map { (correction.id, $0) }
            }
        return Self.pieces(of: down, cutBy: cuts).map { piece in
            ExplainedSpan(
                interval: piece.interval, reason: .down,
                unexcused: partition.unexcused.filter { $0.downtime.contains(piece.interval.start) })
        }
    }

    /// `set` cut wherever a record begins or ends, each piece with those that hold it.
    private static func pieces(
        of set: IntervalSet, cutBy records: [(id: String, interval: Interval)]
    ) -> [(interval: Interval, ids: [String])] {
        set.intervals.flatMap { interval in
            let inner = records.flatMap { [$0.interval.start, $0.interval.end] }
                .filter { interval.start < $0 && $0 < interval.end }
            let cuts = Set(inner + [interval.start, interval.end]).sorted()
            return zip(cuts, cuts.dropFirst()).compactMap { start, end in
                Interval(start, end).map { piece in
                    (piece, records.filter { $0.interval.contains(piece.start) }.map(\.id))
                }
            }
        }
    }
}
