extension FactTable {
    /// What the configuration said of the agreement, one row a change (semantics §3.2).
    static let agreementRecords = FactTable(
        name: "agreement_records",
        definition: """
            CREATE TABLE agreement_records (
                number INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                by TEXT NOT NULL,
                settings TEXT NOT NULL
            ) STRICT;
            """)
}
