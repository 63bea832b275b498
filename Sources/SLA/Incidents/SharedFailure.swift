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
    /// The services that have fallen or come up since: who of them falls next has been up, and that is another matter.
    private(set) var services: Set<String> = []

    /// One that was seen as `count` says.
    init(since: Instant, _ count: FailureWave.Count) {
        (self.since, fallen, seen) = (since, count.down, count.down + count.up)
    }

    /// One that is known, in the incident numbered `incident`, that `services` have fallen in.
    init(since: Instant, incident: Int64, services: Set<String>) {
        (self.since, self.incident, self.services, fallen, seen) = (since, incident, services, 0, 0)
    }

    /// Whether an outage of `service` that began at `instant` is part of it.
    func includes(_ service: Service, since instant: Instant) -> Bool {
        !services.contains(service.id)
            && abs(instant - since) <= max(CommonCause.window, service.slowestInterval)
    }

    /// Whether an outage of `service` that began at `instant` began with it, within one interval.
    func began(with service: Service, since instant: Instant) -> Bool {
        !services.contains(service.id) && abs(instant - since) <= service.slowestInterval
    }

    /// `service` has fallen or come up while it went on, as part of it or by itself.
    mutating func add(_ service: String) { services.insert(service) }
}
