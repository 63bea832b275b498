extension FactTable {
    /// A check, by the number that its samples carry.
    static let series = FactTable(
        name: "series",
        definition: """
            CREATE TABLE series (
                id INTEGER PRIMARY KEY,
                service TEXT NOT NULL,
                check_id TEXT NOT NULL,
                UNIQUE (service, check_id)
            ) STRICT;
            """)

    /// Addresses and causes, each kept once, as nearly all of them repeat.
    static let texts = FactTable(
        name: "texts",
        definition: """
            CREATE TABLE texts (
                id INTEGER PRIMARY KEY,
                text TEXT NOT NULL UNIQUE
            ) STRICT;
            """)

    /// What probes found, stored in the order (series, at), so that a check's month is read front to back without an
    /// index beside it. A later version may pack the samples of old days into a table of blobs keyed (series, day), and
    /// then let the trigger pass the deletion of a sample that a blob holds; nothing but this folder reads this table.
    static let samples = FactTable(
        name: "samples",
        definition: """
            CREATE TABLE samples (
                series INTEGER NOT NULL REFERENCES series (id),
                at INTEGER NOT NULL,
                state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
                name_us INTEGER,
                connect_us INTEGER,
                tls_us INTEGER,
                first_byte_us INTEGER,
                total_us INTEGER,
                address INTEGER REFERENCES texts (id),
                cause INTEGER REFERENCES texts (id),
                PRIMARY KEY (series, at)
            ) STRICT, WITHOUT ROWID;
            """)
}
