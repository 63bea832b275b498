import SLA

/// What `availd status` says of a service: the running month, and the state now.
public struct ServiceStatus: Sendable {
    /// The running month.
    public let figures: MonthFigures
    /// What is left of the downtime that the month allows.
    public let budget: Budget
    /// The state now.
    public let state: ServiceState
    /// Since when; nil where that is not known.
    public let since: Instant?
    /// When a probe last began; nil where none did.
    public let lastSampleAt: Instant?
    /// Why the last probe was not up; nil where it was.
    public let cause: Cause?
    /// The checks that are in no figure and failed when they were last probed.
    public let watched: [WatchedCheck]

    /// A check that is in no figure, and fails.
    public struct WatchedCheck: Sendable {
        /// Its identifier within the service.
        public let check: String
        /// When it was last probed.
        public let at: Instant
        /// Why it failed; nil where that is not known.
        public let cause: Cause?

        /// What it was last found with.
        public init(_ observation: Observation) {
            check = observation.check.check
            at = observation.sample.at
            cause = observation.cause
        }
    }

    /// A status.
    public init(
        figures: MonthFigures, budget: Budget, state: ServiceState, since: Instant?, lastSampleAt: Instant?,
        cause: Cause?, watched: [WatchedCheck] = []
    ) {
        self.figures = figures
        self.budget = budget
        self.state = state
        self.since = since
        self.lastSampleAt = lastSampleAt
        self.cause = cause
        self.watched = watched
    }
}
