extension FactTable {
    /// Voids and downtimes: where the monitor measured wrongly (semantics §3.3).
    static let corrections = FactTable(
        name: "corrections",
        definition: """
            CREATE TABLE corrections (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                kind TEXT NOT NULL CHECK (kind IN ('void', 'downtime')),
                scope TEXT NOT NULL CHECK (json_valid(scope)),
                start_at INTEGER NOT NULL,
                end_at INTEGER NOT NULL CHECK (start_at < end_at),
                reason TEXT NOT NULL,
                evidence TEXT NOT NULL,
                recorded_at INTEGER,
                recorded_by TEXT NOT NULL
            ) STRICT;
            """)

    /// The ends of corrections.
    static let correctionRevocations = FactTable(
        name: "correction_revocations",
        definition: """
            CREATE TABLE correction_revocations (
                number INTEGER PRIMARY KEY,
                correction INTEGER NOT NULL UNIQUE REFERENCES corrections (number),
                at INTEGER NOT NULL,
                by TEXT NOT NULL,
                reason TEXT NOT NULL
            ) STRICT;
            """)
}
