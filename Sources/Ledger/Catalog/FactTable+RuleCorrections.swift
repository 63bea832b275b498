extension FactTable {
    /// How checks were measured truly, from an instant of the past on (semantics §3.2).
    static let ruleCorrections = FactTable(
        name: "rule_corrections",
        definition: """
            CREATE TABLE rule_corrections (
                number INTEGER PRIMARY KEY,
                service TEXT NOT NULL,
                check_id TEXT NOT NULL,
                at INTEGER NOT NULL,
                by TEXT NOT NULL,
                from_at INTEGER NOT NULL,
                reason TEXT NOT NULL,
                evidence TEXT NOT NULL,
                customer TEXT NOT NULL,
                group_names TEXT NOT NULL,
                mode TEXT NOT NULL,
                rules TEXT
            ) STRICT;
            """)
}
