extension FactTable {
    /// Alerts in the order in which they were decided.
    static let outbox = FactTable(
        name: "outbox",
        definition: """
            CREATE TABLE outbox (
                id INTEGER PRIMARY KEY,
                event TEXT NOT NULL,
                subject TEXT NOT NULL,
                at INTEGER NOT NULL,
                fields TEXT NOT NULL CHECK (json_valid(fields))
            ) STRICT;
            CREATE INDEX outbox_by_event ON outbox (event, subject);
            """)

    /// When alerts were handed over.
    static let outboxDeliveries = FactTable(
        name: "outbox_deliveries",
        definition: """
            CREATE TABLE outbox_deliveries (
                outbox INTEGER PRIMARY KEY REFERENCES outbox (id),
                at INTEGER NOT NULL
            ) STRICT;
            """)
}
