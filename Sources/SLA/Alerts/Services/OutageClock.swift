/// How long an outage was, by the clock that does not step, while the run lasts: the wall clock may have been set back
/// or forth meanwhile.
struct OutageClock: Hashable, Sendable {
    /// The least change of what the two clocks are apart that is taken for a step, in ms.
    private static let leastStep: Milliseconds = 1000

    private var state: ServiceState?
    /// What the two clocks were apart at the last look, in ms.
    private var apart: Milliseconds?
    /// Whether the wall clock has stepped since the service was last seen up, or since the outage began.
    private var hasStepped = false
    /// When it was last looked at.
    private var seenAt: MonotonicInstant?
    /// Since when the last outage goes on; nil where nobody knows whether it does.
    private var downSince: MonotonicInstant?
    /// How long it was before that, in ms: an outage goes on after time in which nobody could tell. Nil where it began
    /// before this run.
    private var before: Milliseconds?
    /// How long the last outage was, in ms; nil where the wall clock did not step in it, and so says the same, and where
    /// it is not known by this clock.
    private(set) var length: Milliseconds?

    /// Takes note of the state at `now`, in which the service is since the instant `since` of the wall clock.
    mutating func see(_ found: ServiceState, since: Instant, now: Now) {
        let apart = now.wall.milliseconds - Int64(now.monotonic.nanoseconds / 1_000_000)
        if let before = self.apart, abs(apart - before) >= Self.leastStep { hasStepped = true }
        self.apart = apart
        switch found {
        case .down where state == nil:
            // It goes on since before this run.
            break
        case .down where state == .up:
            (length, downSince, before) = (nil, instant(since, now: now), 0)
            hasStepped = false
        case .down where downSince == nil && before != nil:
            downSince = instant(since, now: now)
        case .unmeasured: pause(at: instant(since, now: now))
        case .up where state != .up:
            pause(at: instant(since, now: now))
            length = hasStepped ? before : nil
            before = nil
            hasStepped = false
        case .up:
            hasStepped = false
        case .down:
            break
        }
        seenAt = now.monotonic
        if found != .unmeasured { state = found }
    }

    private mutating func pause(at instant: MonotonicInstant) {
        guard let began = downSince else { return }
        before = before.map { $0 + max(0, instant - began) }
        downSince = nil
    }

    /// The instant `wall` by the clock that does not step. Where the wall clock has stepped, it says nothing of what was
    /// before the last look, which found the other state.
    private func instant(_ wall: Instant, now: Now) -> MonotonicInstant {
        let ago = UInt64(clamping: now.wall - wall)
        let (nanoseconds, isTooLong) = ago.multipliedReportingOverflow(by: 1_000_000)
        let reading =
            isTooLong || nanoseconds > now.monotonic.nanoseconds ? 0 : now.monotonic.nanoseconds - nanoseconds
        let instant = MonotonicInstant(nanoseconds: reading)
        return hasStepped ? max(instant, seenAt ?? instant) : instant
    }
}
