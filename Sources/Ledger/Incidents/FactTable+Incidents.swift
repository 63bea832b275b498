extension FactTable {
    /// Incidents: each is what its events come to, in the order of `number`.
    static let incidentEvents = FactTable(
        name: "incident_events",
        definition: """
            CREATE TABLE incident_events (
                number INTEGER PRIMARY KEY,
                incident INTEGER NOT NULL,
                at INTEGER NOT NULL,
                recorded_at INTEGER NOT NULL,
                by TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN (
                    'opened_by_outage', 'opened_by_hand', 'service_down', 'recovered', 'classified', 'acknowledged',
                    'waiting', 'resumed', 'resolved', 'irrecoverable', 'noted')),
                class TEXT CHECK ((class IS NULL) = (kind <> 'classified')),
                text TEXT NOT NULL,
                services TEXT NOT NULL CHECK (json_valid(services))
            ) STRICT;
            CREATE INDEX incident_events_by_incident ON incident_events (incident, number);
            CREATE UNIQUE INDEX incident_openings ON incident_events (incident)
                WHERE kind IN ('opened_by_outage', 'opened_by_hand');
            CREATE UNIQUE INDEX incident_ends ON incident_events (incident)
                WHERE kind IN ('resolved', 'irrecoverable');
            """)
}
