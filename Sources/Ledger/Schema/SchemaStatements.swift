/// Closed months.
///
/// - `statements`: each closing of a month, numbered without a gap in the order in which they were kept. `sequence`
///   counts within the month: 1 is the original, the others amend. `csv` is the report byte for byte, `inputs` the
///   document of everything it was computed from but the samples, `changes` a JSON document of what an amendment
///   changes, `ledger_state` how many rows each table had, and their digest. `seal` is the SHA-256 over all of that and the seal of the
///   statement before it.
/// - `statement_series`: the samples it was computed from, packed; `digest` is taken over the samples themselves.
///
/// `docs/format/statement.md` describes every byte.
extension SchemaVersion {
    static let statements = SchemaVersion(
        name: "statements",
        factTables: ["statements", "statement_series"],
        tables: """
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
