extension FactTable {
    /// Claims of customers (clause 7), as they were opened.
    static let claims = FactTable(
        name: "claims",
        definition: """
            CREATE TABLE claims (
                number INTEGER PRIMARY KEY,
                service TEXT NOT NULL,
                month TEXT NOT NULL,
                incident TEXT,
                amount TEXT,
                text TEXT NOT NULL,
                evidence TEXT NOT NULL,
                at INTEGER NOT NULL,
                by TEXT NOT NULL
            ) STRICT;
            """)

    /// What was said of a claim afterwards.
    static let claimSteps = FactTable(
        name: "claim_steps",
        definition: """
            CREATE TABLE claim_steps (
                number INTEGER PRIMARY KEY,
                claim INTEGER NOT NULL REFERENCES claims (number),
                kind TEXT NOT NULL CHECK (kind IN ('answered', 'settled')),
                amount TEXT,
                text TEXT NOT NULL,
                evidence TEXT NOT NULL,
                at INTEGER NOT NULL,
                by TEXT NOT NULL
            ) STRICT;
            """)

    /// What customers have accepted to be lowered of a credit that a statement has named.
    static let acceptances = FactTable(
        name: "acceptances",
        definition: """
            CREATE TABLE acceptances (
                number INTEGER PRIMARY KEY,
                month TEXT NOT NULL,
                service TEXT NOT NULL,
                amount TEXT NOT NULL,
                reason TEXT NOT NULL,
                evidence TEXT NOT NULL,
                at INTEGER NOT NULL,
                by TEXT NOT NULL
            ) STRICT;
            """)
}
