/// How long the handling of an incident takes, and how long it may take (clauses W1, M2; semantics §8).
///
/// It is a clock on the wall in the agreement's zone: what opens at 10:00 with 24 h is due at 10:00 the next day,
/// also where clocks change in between. It runs from the opening to the end, and stands still while the incident
/// waits for the customer. Each time it runs, it counts how far the clock on the wall has got beyond where it began;
/// where clocks go back, it counts nothing until they have caught up, and never backwards.
public struct HandlingClock: Hashable, Sendable {
    /// How much time it may count, in ms: more for what opens on a rest day.
    public let allowed: Milliseconds
    /// Whether the incident opened on a rest day.
    public let opensOnRestDay: Bool

    private let zone: TimeZoneRules
    private let endedAt: Instant?
    private let runs: [Run]

    /// A time in which it runs.
    private struct Run: Hashable {
        let start: Instant
        /// Where it stops; nil for the last, which goes on until the incident ends.
        let end: Instant?
        /// What was counted before, in ms.
        let counted: Milliseconds
    }

    /// The clock of `incident` under what is in force of `agreement` as it opens.
    public init(of incident: Incident, under agreement: Agreement) {
        self.init(
            openedAt: incident.openedAt, stops: incident.stops.map { ($0.start, $0.end) }, endedAt: incident.endedAt,
            under: agreement.at(incident.openedAt).handling, calendar: agreement.calendar)
    }

    /// A clock that starts at `openedAt`.
    ///
    /// - Parameter stops: when it stood still: in order, not before `openedAt`, disjoint; the last may have no end.
    init(
        openedAt: Instant, stops: [(start: Instant, end: Instant?)], endedAt: Instant?,
        under handling: HandlingDeadline, calendar: CivilCalendar
    ) {
        (zone, self.endedAt) = (calendar.zone, endedAt)
        opensOnRestDay = handling.restDays.contains(calendar.date(at: openedAt).weekday)
        allowed = opensOnRestDay ? handling.restDay : handling.within
        var runs: [Run] = []
        var start: Instant? = openedAt
        var counted: Milliseconds = 0
        for stop in stops {
            guard let began = start else { break }
            runs.append(Run(start: began, end: stop.start, counted: counted))
            counted += Self.count(from: began, to: stop.start, in: calendar.zone)
            // Where the incident ends while it waits, the clock does not go on.
            start = stop.end == endedAt ? nil : stop.end
        }
        if let start { runs.append(Run(start: start, end: nil, counted: counted)) }
        self.runs = runs
    }

    /// The instant at which its time is up, or would have been had the incident not ended before; what is handled
    /// at this very instant is handled in time. Nil where the clock stands still with time left: it moves.
    public var deadline: Instant? { instant(counting: allowed) }

    /// The instant from which operators are warned: ``lead`` before its time is up; nil where the clock stands
    /// still before that.
    public var dueAt: Instant? { instant(counting: allowed - lead) }

    /// How much is left of its time when operators are warned, in ms: a quarter, or an hour where that is more, but
    /// never more than half.
    public var lead: Milliseconds { min(max(allowed / 4, 3_600_000), allowed / 2) }

    /// What it has counted at `now`, or when the incident ended before that; in ms.
    public func elapsed(at now: Instant) -> Milliseconds {
        let now = min(now, endedAt ?? now)
        guard let run = runs.last(where: { $0.start <= now }) else { return 0 }
        let elapsed = run.counted + Self.count(from: run.start, to: min(now, run.end ?? now), in: zone)
        // Where the time is up in an hour that clocks skip, the instant after it is in time.
        return isInTime(at: now) ? min(elapsed, allowed) : elapsed
    }

    /// What is left of its time at `now`, in ms; negative where it is over.
    public func remaining(at now: Instant) -> Milliseconds { allowed - elapsed(at: now) }

    /// Whether its time was not over at `now`, or when the incident ended before that.
    public func isInTime(at now: Instant) -> Bool {
        deadline.map { min(now, endedAt ?? now) <= $0 } ?? true
    }

    /// The first instant at which it has counted `target`, 0 or more; nil where it stands still before that.
    private func instant(counting target: Milliseconds) -> Instant? {
        for run in runs {
            let began = run.start.milliseconds + zone.offset(at: run.start)
            let reached = zone.instant(ofWallClock: began + max(0, target - run.counted), notBefore: run.start)
            if run.end.map({ reached < $0 }) ?? true { return reached }
        }
        return nil
    }

    /// How far a clock on the wall gets beyond where it began, from `start` to `end`, in ms.
    private static func count(from start: Instant, to end: Instant, in zone: TimeZoneRules) -> Milliseconds {
        zone.latestWallClock(from: start, to: end) - (start.milliseconds + zone.offset(at: start))
    }
}
