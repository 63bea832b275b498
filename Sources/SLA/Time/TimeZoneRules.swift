/// An IANA time zone as data: which offset from UTC its civil clocks showed, and from when.
///
/// The tables come from outside (the operating system's tzdata); the contract only reads them.
public struct TimeZoneRules: Hashable, Sendable {
    /// The IANA name, as `Asia/Ho_Chi_Minh`.
    public let name: String

    /// A change of the offset: from `at` on, civil time is UTC + `offset`.
    public struct Transition: Hashable, Sendable {
        /// The first instant of the new offset.
        public let at: Instant
        /// Civil time minus UTC, in ms; east of Greenwich is positive.
        public let offset: Milliseconds

        /// From `at` on, civil time is UTC + `offset` ms.
        public init(at: Instant, offset: Milliseconds) {
            self.at = at
            self.offset = offset
        }
    }

    /// The offset before the first transition, in ms.
    public let initialOffset: Milliseconds

    /// The changes, in order of time.
    public let transitions: [Transition]

    /// A zone called `name`, with `transitions` in any order.
    public init(name: String, initialOffset: Milliseconds, transitions: [Transition] = []) {
        self.name = name
        self.initialOffset = initialOffset
        self.transitions = transitions.sorted { $0.at < $1.at }
    }

    /// Coordinated Universal Time.
    public static let utc = TimeZoneRules(name: "UTC", initialOffset: 0)

    /// Civil time minus UTC at `instant`, in ms. Logarithmic time.
    public func offset(at instant: Instant) -> Milliseconds {
        let next = firstTransition(after: instant)
        return next == 0 ? initialOffset : transitions[next - 1].offset
    }

    /// The first instant at which a civil clock shows `wall` ms (counted as if it were UTC) or more.
    ///
    /// This is the rule of semantics §1: a wall time that a change skips is the first instant after the
    /// skip, and one that happens twice is the first of the two.
    public func instant(ofWallClock wall: Milliseconds) -> Instant {
        // A day before is early enough: no offset is larger than 26 h, and none smaller than −26 h.
        self.instant(ofWallClock: wall, notBefore: Instant(milliseconds: wall - 52 * 3_600_000))
    }

    /// The first instant at or after `start` at which a civil clock shows `wall` ms (counted as if it were UTC)
    /// or more: where clocks go back, it may show that a second time.
    public func instant(ofWallClock wall: Milliseconds, notBefore start: Instant) -> Instant {
        var next = firstTransition(after: start)
        var start = start
        var offset = self.offset(at: start)
        while next < transitions.count {
            let reached = max(start, Instant(milliseconds: wall - offset))
            if reached < transitions[next].at { return reached }
            start = transitions[next].at
            offset = transitions[next].offset
            next += 1
        }
        return max(start, Instant(milliseconds: wall - offset))
    }

    /// The latest that a civil clock shows anywhere from `start` to `end`, both included, in ms counted as if it
    /// were UTC: where clocks go back in between, it may be later than what they show at `end`.
    func latestWallClock(from start: Instant, to end: Instant) -> Milliseconds {
        var latest = end.milliseconds + offset(at: end)
        var next = firstTransition(after: start)
        while next < transitions.count, transitions[next].at <= end {
            let before = transitions[next].at - 1
            latest = max(latest, before.milliseconds + offset(at: before))
            next += 1
        }
        return latest
    }

    /// The index of the first transition later than `instant`.
    private func firstTransition(after instant: Instant) -> Int {
        transitions.partitionPoint { $0.at > instant }
    }
}
