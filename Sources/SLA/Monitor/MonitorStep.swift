/// What follows from one step of the monitor: first what is to be kept, in one transaction, then what is to be done.
public struct MonitorStep: Hashable, Sendable {
    /// The facts. Where they cannot be kept, the step is to be reverted.
    public var facts: MonitorFacts
    /// What is to be done once the facts are durable.
    public var announcements: [MonitorAnnouncement]
    /// What goes to the log, whatever becomes of the facts.
    public var warnings: [MonitorWarning]
    /// Whether there is more to do than a step may: the next is to follow at once.
    public var isCutShort = false
}

/// What a step has found out.
public struct MonitorFacts: Hashable, Sendable {
    /// What probes found.
    public var observations: [Observation] = []
    /// Changes of services' states, in the order in which they were known.
    public var transitions: [Transition] = []
    /// What operators are to be told, in order.
    public var alerts: [Alert] = []
    /// What happened to incidents, in order.
    public var incidentEvents: [RecordedIncidentEvent] = []
    /// What became of the monitor's own sight, in order.
    public var sight: [SightChange] = []
    /// The number of the last event of any incident that the above was decided on; nil where it says nothing of
    /// incidents. Where somebody has recorded another one since, nothing of it is to be kept.
    public var incidentsVersion: Int64?
    /// By how many ms the wall clock stepped, where it did; negative: back.
    public var clockStep: Milliseconds?
    /// That the wall clock is doubted since, or believed again.
    public var clockTrust: ClockTrustChange?
    /// The pass of the wall clock that ended, where one did.
    public var passEnd: PassEnd?

    /// The facts to be recorded, in the order in which they are.
    public var all: [Fact] {
        (passEnd.map { [.passEnd($0)] } ?? []) + (observations.isEmpty ? [] : [.observations(observations)])
            + transitions.map(Fact.transition)
            + alerts.map(Fact.alert) + incidentEvents.map(Fact.incidentEvent)
    }

    /// Nothing.
    public init() {}

    /// What probes found, and what has become of the clock.
    init(observations: [Observation], clock: ClockWatch.Change) {
        self.observations = observations
        clockStep = clock.step
        clockTrust = clock.trust
        passEnd = clock.passEnd
    }
}

/// What is to be done by whoever steps the monitor.
public enum MonitorAnnouncement: Hashable, Sendable {
    /// There are alerts in the outbox, or it is time to try again with what is left there.
    case deliverOutbox
    /// An alert that cannot be kept first, as it says that nothing can be kept. A later step keeps it.
    case unrecorded(Alert)
}

/// What happens to the monitor between two steps.
public struct MonitorEvents: Sendable {
    /// What probes found.
    public var observations: [Observation]

    /// What has come in.
    public init(_ observations: [Observation] = []) {
        self.observations = observations
    }
}
