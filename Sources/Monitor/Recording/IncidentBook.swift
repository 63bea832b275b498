import Ledger
import SLA

/// Holds what the core knows of incidents against the ledger, which people write to as well: a value, so that what
/// was not committed can be taken back.
struct IncidentBook {
    private var watch: IncidentWatch
    private var version: Int64?

    /// Incidents where the ledger is.
    init(ledger: Ledger) throws {
        watch = try ledger.read { snapshot in
            IncidentWatch(
                transitions: try snapshot.latestTransitions(), incidents: try snapshot.incidents(asOf: .distantFuture),
                alerts: try snapshot.latestAlerts(of: [.handlingDue]) + snapshot.latestAlerts(of: [.handlingOverdue]))
        }
        try refresh(from: ledger)
    }

    /// Reads the incidents again where somebody, the daemon itself too, has recorded something of one.
    mutating func refresh(from ledger: Ledger) throws {
        try ledger.read { snapshot in
            let current = try snapshot.incidentsVersion()
            guard current != version else { return }
            watch.replace(open: try snapshot.openIncidents(), lastNumber: try snapshot.lastIncidentNumber())
            version = current
        }
    }

    /// `batch` is recorded: what it says of incidents is known, and nobody else has recorded anything before it.
    mutating func committed(_ batch: Batch) {
        if let decidedOn = batch.incidentsVersion { version = decidedOn + Int64(batch.incidentEvents.count) }
    }

    /// Adds to `batch` what follows from its observations and transitions, and from the time, for incidents.
    mutating func decide(for batch: inout Batch, catalog: Catalog, exclusions: ExclusionIndex, now: Instant) {
        watch.observe(batch.observations.sorted { $0.sample.at < $1.sample.at })
        let actions = watch.decide(batch.transitions, catalog: catalog, exclusions: exclusions, now: now)
        // Who pages people at night says under which number it is handled.
        for index in batch.alerts.indices where batch.alerts[index].event == .serviceDown {
            guard let incident = watch.incident(of: batch.alerts[index].subject) else { continue }
            batch.alerts[index].fields.append(Alert.Field("incident", incident))
        }
        if actions.isEmpty { return }
        for action in actions {
            switch action {
            case .record(let incident, let event):
                batch.incidentEvents.append(RecordedIncidentEvent(incident: incident, event: event))
            case .alert(let alert): batch.alerts.append(alert)
            }
        }
        batch.incidentsVersion = version
    }
}
