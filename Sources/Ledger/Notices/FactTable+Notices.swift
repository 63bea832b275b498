extension FactTable {
    /// What this program is to announce, by e-mail or in the public files (clauses 6.1, 6.2).
    static let notices = FactTable(
        name: "notices",
        definition: """
            CREATE TABLE notices (
                number INTEGER PRIMARY KEY,
                subject TEXT NOT NULL,
                customer TEXT,
                channel TEXT NOT NULL,
                wanted_at INTEGER NOT NULL,
                wanted_by TEXT NOT NULL
            ) STRICT;
            """)

    /// A row before each try to give a notice, so that two programs never try at once.
    static let noticeAttempts = FactTable(
        name: "notice_attempts",
        definition: """
            CREATE TABLE notice_attempts (
                number INTEGER PRIMARY KEY,
                notice INTEGER NOT NULL REFERENCES notices (number),
                at INTEGER NOT NULL,
                by TEXT NOT NULL
            ) STRICT;
            CREATE INDEX notice_attempts_by_notice ON notice_attempts (notice);
            """)

    /// A row after each try.
    static let noticeResults = FactTable(
        name: "notice_results",
        definition: """
            CREATE TABLE notice_results (
                number INTEGER PRIMARY KEY,
                attempt INTEGER NOT NULL UNIQUE REFERENCES notice_attempts (number),
                at INTEGER NOT NULL,
                outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'deferred', 'refused')),
                answer TEXT NOT NULL
            ) STRICT;
            """)

    /// Notices that were given by hand.
    static let noticeDeliveries = FactTable(
        name: "notice_deliveries",
        definition: """
            CREATE TABLE notice_deliveries (
                number INTEGER PRIMARY KEY,
                subject TEXT NOT NULL,
                customer TEXT,
                channel TEXT NOT NULL,
                at INTEGER NOT NULL,
                recorded_at INTEGER NOT NULL CHECK (at <= recorded_at),
                by TEXT NOT NULL,
                answer TEXT NOT NULL
            ) STRICT;
            """)
}
