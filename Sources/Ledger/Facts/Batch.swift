import SLA

/// What is committed together: what came in, and whatever it implies.
public struct Batch: Sendable {
    /// What probes found.
    public var observations: [Observation]
    /// Changes of services' states, in the order in which they were known.
    public var transitions: [Transition]
    /// What operators are to be told, in order; it goes to the outbox.
    public var alerts: [Alert]
    /// What happened to the daemon, in order.
    public var daemonEvents: [DaemonEvent]
    /// What the configuration says, where that may have changed.
    public var catalog: CatalogRecord?
    /// What happened to incidents, in order.
    public var incidentEvents: [RecordedIncidentEvent] = []
    /// The ``LedgerSnapshot/incidentsVersion()`` that the batch was decided on, where it says anything of incidents:
    /// where somebody has recorded something of one since, nothing of the batch is recorded.
    public var incidentsVersion: Int64?

    /// A batch.
    public init(
        observations: [Observation] = [], transitions: [Transition] = [], alerts: [Alert] = [],
        daemonEvents: [DaemonEvent] = [], catalog: CatalogRecord? = nil
    ) {
        self.observations = observations
        self.transitions = transitions
        self.alerts = alerts
        self.daemonEvents = daemonEvents
        self.catalog = catalog
    }

    /// What it records, where `latest` is what is recorded of services and customers.
    func facts(since latest: () throws -> LatestRecords) rethrows -> [Fact] {
        var facts: [Fact] = observations.isEmpty ? [] : [.observations(observations)]
        facts += transitions.map(Fact.transition)
        facts += alerts.map(Fact.alert)
        facts += daemonEvents.map(Fact.daemonEvent)
        if let catalog { facts += try latest().facts(of: catalog) }
        return facts + incidentEvents.map(Fact.incidentEvent)
    }

    /// Whether there is nothing in it.
    public var isEmpty: Bool {
        observations.isEmpty && transitions.isEmpty && alerts.isEmpty && daemonEvents.isEmpty
            && incidentEvents.isEmpty && catalog == nil
    }
}

/// What became of the observations of a ``Batch``.
public struct CommitResult: Hashable, Sendable {
    /// How many samples are new.
    public var recorded = 0
    /// How many were there already, with the same state.
    public var repeated = 0
    /// Those that were there already with another state, and so were not recorded.
    public var conflicts: [SampleConflict] = []

    /// Nothing yet.
    public init() {}
}

/// Two states for one check at one instant. The one recorded first stays.
public struct SampleConflict: Hashable, Sendable {
    /// The check.
    public var check: CheckID
    /// When both are said to have been found.
    public var at: Instant
    /// The state that is in the ledger.
    public var kept: SampleState
    /// The state that was not recorded.
    public var refused: SampleState

    /// A conflict.
    public init(check: CheckID, at: Instant, kept: SampleState, refused: SampleState) {
        self.check = check
        self.at = at
        self.kept = kept
        self.refused = refused
    }
}
