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
