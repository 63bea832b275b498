extension FactTable {
    /// What the billing system said of a service's paid time (clause 2), one row a change.
    static let billedTerms = FactTable(
        name: "billed_terms",
        definition: """
            CREATE TABLE billed_terms (
                number INTEGER PRIMARY KEY,
                service TEXT NOT NULL,
                terms TEXT NOT NULL CHECK (json_valid(terms)),
                at INTEGER NOT NULL,
                by TEXT NOT NULL
            ) STRICT;
            """)

    /// Corrections of paid time (clause 2).
    static let paidWithdrawals = FactTable(
        name: "paid_withdrawals",
        definition: """
            CREATE TABLE paid_withdrawals (
                number INTEGER PRIMARY KEY,
                service TEXT NOT NULL,
                start_at INTEGER NOT NULL,
                end_at INTEGER NOT NULL CHECK (start_at < end_at),
                reason TEXT NOT NULL,
                at INTEGER NOT NULL,
                by TEXT NOT NULL
            ) STRICT;
            """)

    /// The ends of withdrawals.
    static let paidReinstatements = FactTable(
        name: "paid_reinstatements",
        definition: """
            CREATE TABLE paid_reinstatements (
                withdrawal INTEGER PRIMARY KEY REFERENCES paid_withdrawals (number),
                at INTEGER NOT NULL,
                by TEXT NOT NULL,
                reason TEXT NOT NULL
            ) STRICT;
            """)

    /// Amounts agreed as compensation over the computed ones (clause 7), and the ends of such agreements.
    static let negotiations = FactTable(
        name: "negotiations",
        definition: """
            CREATE TABLE negotiations (
                number INTEGER PRIMARY KEY,
                month TEXT NOT NULL,
                service TEXT NOT NULL,
                amount TEXT,
                reason TEXT NOT NULL,
                at INTEGER NOT NULL,
                by TEXT NOT NULL
            ) STRICT;
            """)
}
