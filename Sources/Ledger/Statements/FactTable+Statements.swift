extension FactTable {
    /// Closed months, in the order in which they were closed; `docs/format/statement.md` has the bytes.
    static let statements = FactTable(
        name: "statements",
        definition: """
            CREATE TABLE statements (
                number INTEGER PRIMARY KEY,
                month TEXT NOT NULL,
                sequence INTEGER NOT NULL CHECK (sequence >= 1),
                closed_at INTEGER NOT NULL,
                as_of INTEGER NOT NULL,
                closed_by TEXT NOT NULL,
                reason TEXT NOT NULL,
                program TEXT NOT NULL,
                csv BLOB NOT NULL,
                csv_sha256 TEXT NOT NULL,
                inputs TEXT NOT NULL,
                inputs_sha256 TEXT NOT NULL,
                agreement_sha256 TEXT NOT NULL,
                terms_sha256 TEXT NOT NULL,
                exclusions_sha256 TEXT NOT NULL,
                negotiations_sha256 TEXT NOT NULL,
                samples_sha256 TEXT NOT NULL,
                changes TEXT NOT NULL CHECK (json_valid(changes)),
                ledger_state TEXT NOT NULL,
                previous_seal TEXT NOT NULL,
                seal TEXT NOT NULL,
                UNIQUE (month, sequence)
            ) STRICT;
            """)

    /// The samples that a statement was computed from, packed.
    static let statementSeries = FactTable(
        name: "statement_series",
        definition: """
            CREATE TABLE statement_series (
                id INTEGER PRIMARY KEY,
                statement INTEGER NOT NULL REFERENCES statements (number),
                service TEXT NOT NULL,
                check_id TEXT NOT NULL,
                count INTEGER NOT NULL CHECK (count >= 0),
                samples BLOB NOT NULL,
                digest TEXT NOT NULL,
                UNIQUE (statement, service, check_id)
            ) STRICT;
            """)
}
