/// The state of a service as people see it: what its checks make up together (semantics §3).
public enum ServiceState: String, CaseIterable, Hashable, Sendable {
    /// Answering as expected.
    case up
    /// In a confirmed outage.
    case down
    /// Nobody knows.
    case unmeasured
}

/// A change of a service's state.
public struct Transition: Hashable, Sendable {
    /// The service's identifier.
    public var service: String
    /// The state it came into.
    public var state: ServiceState
    /// Since when it is in it; an outage begins at its first failed sample, before it is confirmed.
    public var since: Instant
    /// When that was known.
    public var at: Instant

    /// `service` is in `state` since `since`, which was known at `at`.
    public init(service: String, state: ServiceState, since: Instant, at: Instant) {
        self.service = service
        self.state = state
        self.since = since
        self.at = at
    }
}
