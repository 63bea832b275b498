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

    /// A status.
    public init(
        figures: MonthFigures, budget: Budget, state: ServiceState, since: Instant?, lastSampleAt: Instant?,
        cause: Cause?
    ) {
        self.figures = figures
        self.budget = budget
        self.state = state
        self.since = since
        self.lastSampleAt = lastSampleAt
        self.cause = cause
    }
}
