/// Turns the calendar's words into instants, in one time zone (semantics §1). Nothing else uses the zone.
public struct CivilCalendar: Hashable, Sendable {
    /// The zone whose clocks the words mean.
    public let zone: TimeZoneRules

    /// The calendar as people in `zone` read it.
    public init(zone: TimeZoneRules) {
        self.zone = zone
    }

    private static let day: Milliseconds = 86_400_000

    /// The first instant of `date`: where a clock change skips midnight, the first after the skip; where
    /// midnight happens twice, the first of the two.
    public func start(of date: CivilDate) -> Instant {
        zone.instant(ofWallClock: Int64(date.daysSinceEpoch) * Self.day)
    }

    /// The whole of `month`, from its first instant to the first of the next.
    public func interval(of month: CivilMonth) -> Interval {
        Interval(unchecked: start(of: month.firstDay), start(of: month.next.firstDay))
    }

    /// The date that a calendar on the wall shows at `instant`.
    public func date(at instant: Instant) -> CivilDate {
        CivilDate(daysSinceEpoch: Int(wallClock(at: instant).quotientRoundedDown(by: Self.day)))
    }

    /// The month that contains `instant`: the one whose ``interval(of:)`` holds it.
    public func month(containing instant: Instant) -> CivilMonth {
        let shown = CivilMonth(of: date(at: instant))
        // Where midnight of the 1st happens twice, clocks show the old month again within the new one.
        return interval(of: shown).end <= instant ? shown.next : shown
    }

    /// The whole of the month that contains `instant`.
    public func interval(ofMonthContaining instant: Instant) -> Interval {
        interval(of: month(containing: instant))
    }

    /// What a civil clock shows at `instant`, in ms counted as if it were UTC.
    func wallClock(at instant: Instant) -> Milliseconds {
        instant.milliseconds + zone.offset(at: instant)
    }
}

extension Int64 {
    /// The quotient by `divisor` > 0, rounded towards −∞, so that days before 1970 are days too.
    func quotientRoundedDown(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
