/// A failure of most targets at once: one incident, however little they have in common, and one line instead of
/// thousands (semantics §10).
public struct SharedFailure: Hashable, Sendable {
    /// Since when the first of them is down.
    public let since: Instant
    /// The number of its incident; nil before it is opened.
    var incident: Int64?
    /// How many targets had fallen when it was seen to be one.
    let fallen: Int
    /// How many were looked at since then, those included.
    public let seen: Int

    /// One that was seen as `count` says.
    init(since: Instant, _ count: FailureWave.Count) {
        (self.since, fallen, seen) = (since, count.down, count.down + count.up)
    }

    /// One that is known, in the incident numbered `incident`.
    init(since: Instant, incident: Int64) {
        (self.since, self.incident, fallen, seen) = (since, incident, 0, 0)
    }

    /// Whether an outage that began at `instant` is part of it, of a service that is looked at every `interval` ms.
    func includes(_ instant: Instant, interval: Milliseconds) -> Bool {
        abs(instant - since) <= max(CommonCause.window, interval)
    }

    /// Whether an outage that began at `instant` began with it, within one `interval` of its service, in ms.
    func began(with instant: Instant, interval: Milliseconds) -> Bool { abs(instant - since) <= interval }
}
