extension FactTable {
    /// What the configuration said of a service, one row a change.
    static let serviceRecords = FactTable(
        name: "service_records",
        definition: """
            CREATE TABLE service_records (
                number INTEGER PRIMARY KEY,
                service TEXT NOT NULL,
                at INTEGER NOT NULL,
                by TEXT NOT NULL,
                customer TEXT,
                group_names TEXT,
                price TEXT,
                paid TEXT,
                mode TEXT,
                checks TEXT
            ) STRICT;
            """)

    /// What the configuration said of a customer, without its address, one row a change.
    static let customerRecords = FactTable(
        name: "customer_records",
        definition: """
            CREATE TABLE customer_records (
                number INTEGER PRIMARY KEY,
                customer TEXT NOT NULL,
                name TEXT NOT NULL,
                is_vip INTEGER NOT NULL CHECK (is_vip IN (0, 1)),
                at INTEGER NOT NULL,
                by TEXT NOT NULL
            ) STRICT;
            """)
}
