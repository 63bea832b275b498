extension FactTable {
    /// Where passes of the wall clock ended (semantics §3.1): of every check of the daemon's, or of one from elsewhere.
    static let passEnds = FactTable(
        name: "pass_ends",
        definition: """
            CREATE TABLE pass_ends (
                number INTEGER PRIMARY KEY,
                pass INTEGER NOT NULL,
                service TEXT,
                check_id TEXT,
                ends_at INTEGER,
                next INTEGER,
                recorded_at INTEGER NOT NULL,
                CHECK ((service IS NULL) = (check_id IS NULL))
            ) STRICT;
            """)
}
