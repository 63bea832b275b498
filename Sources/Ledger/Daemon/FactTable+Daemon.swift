extension FactTable {
    /// Changes of a service's state, in the order in which they were known.
    static let transitions = FactTable(
        name: "transitions",
        definition: """
            CREATE TABLE transitions (
                id INTEGER PRIMARY KEY,
                service TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('up', 'down', 'unmeasured')),
                since INTEGER NOT NULL,
                at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX transitions_by_service ON transitions (service);
            """)

    /// The life of the daemon.
    static let daemonEvents = FactTable(
        name: "daemon_events",
        definition: """
            CREATE TABLE daemon_events (
                id INTEGER PRIMARY KEY,
                kind TEXT NOT NULL,
                at INTEGER NOT NULL,
                pid INTEGER NOT NULL,
                version TEXT NOT NULL,
                text TEXT NOT NULL
            ) STRICT;
            """)
}
