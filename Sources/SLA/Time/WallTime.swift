/// A time of the day as a clock on the wall shows it, to the minute.
public struct WallTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Minutes since the clock showed 00:00, 0 to 1439.
    public let minutes: Int

    /// The time `minutes` after 00:00, or nil where no clock shows it.
    public init?(minutes: Int) {
        guard (0..<1440).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    /// The time written `02:00`, or nil where `text` is not of that form.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = Digits.number(bytes[0..<2]),
            let minute = Digits.number(bytes[3..<5]), hour < 24, minute < 60
        else { return nil }
        minutes = hour * 60 + minute
    }

    /// As `02:00`.
    public var description: String {
        Digits.padded(minutes / 60, 2) + ":" + Digits.padded(minutes % 60, 2)
    }

    /// Whether `a` comes before `b` on the same day.
    public static func < (a: WallTime, b: WallTime) -> Bool { a.minutes < b.minutes }
}

extension CivilCalendar {
    /// The first instant at which the clocks show `time` of `date` or later: where a clock change skips it, the
    /// first after the skip; where it happens twice, the first of the two (semantics §1).
    public func instant(_ date: CivilDate, _ time: WallTime) -> Instant {
        zone.instant(ofWallClock: Int64(date.daysSinceEpoch) * 86_400_000 + Int64(time.minutes) * 60_000)
    }

    /// The time that the clocks show at `instant`, cut to the minute.
    public func time(at instant: Instant) -> WallTime {
        let wall = wallClock(at: instant)
        let minutes = (wall - wall.quotientRoundedDown(by: 86_400_000) * 86_400_000) / 60_000
        guard let time = WallTime(minutes: Int(minutes)) else { preconditionFailure("a day has 1440 minutes") }
        return time
    }
}
