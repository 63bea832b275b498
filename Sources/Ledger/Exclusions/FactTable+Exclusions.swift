extension FactTable {
    /// Claims that time does not count (semantics §4).
    static let exclusions = FactTable(
        name: "exclusions",
        definition: """
            CREATE TABLE exclusions (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                category TEXT NOT NULL,
                scope TEXT NOT NULL CHECK (json_valid(scope)),
                start_at INTEGER NOT NULL,
                end_at INTEGER NOT NULL CHECK (start_at < end_at),
                notice_at INTEGER,
                evidence TEXT NOT NULL,
                recorded_at INTEGER,
                recorded_by TEXT NOT NULL
            ) STRICT;
            """)

    /// The ends of exclusions.
    static let exclusionRevocations = FactTable(
        name: "exclusion_revocations",
        definition: """
            CREATE TABLE exclusion_revocations (
                number INTEGER PRIMARY KEY,
                exclusion INTEGER NOT NULL UNIQUE REFERENCES exclusions (number),
                at INTEGER NOT NULL,
                by TEXT NOT NULL,
                reason TEXT NOT NULL
            ) STRICT;
            """)

    /// What is known of an exclusion besides what decides about it (clauses 3.2–3.5): a row where there is something.
    static let exclusionDetails = FactTable(
        name: "exclusion_details",
        definition: """
            CREATE TABLE exclusion_details (
                exclusion INTEGER PRIMARY KEY REFERENCES exclusions (number),
                kind TEXT,
                act TEXT,
                breach TEXT,
                outage_service TEXT,
                outage_start INTEGER,
                origin TEXT,
                CHECK ((outage_service IS NULL) = (outage_start IS NULL))
            ) STRICT;
            """)
}
