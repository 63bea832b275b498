extension SchemaVersion {
    /// Passes of the wall clock, families, voids and downtimes (semantics §3.1, §3.3).
    ///
    /// Each pass of a check is a series of its own, so that the samples, of which there may be billions, stay where
    /// they are: a column is added to them, which touches no row, and only the table of series is made anew.
    static let corrections = SchemaVersion(
        name: "corrections", tables: [.corrections, .correctionRevocations, .passEnds],
        changes: [
            """
            CREATE TABLE series_with_passes (
                id INTEGER PRIMARY KEY,
                service TEXT NOT NULL,
                check_id TEXT NOT NULL,
                pass INTEGER NOT NULL DEFAULT 0,
                UNIQUE (service, check_id, pass)
            ) STRICT;
            INSERT INTO series_with_passes (id, service, check_id) SELECT id, service, check_id FROM series;
            DROP TABLE series;
            ALTER TABLE series_with_passes RENAME TO series;
            """,
            "ALTER TABLE samples ADD COLUMN family INTEGER;",
            """
            CREATE TABLE statement_series_with_passes (
                id INTEGER PRIMARY KEY,
                statement INTEGER NOT NULL REFERENCES statements (number),
                service TEXT NOT NULL,
                check_id TEXT NOT NULL,
                count INTEGER NOT NULL CHECK (count >= 0),
                samples BLOB NOT NULL,
                digest TEXT NOT NULL,
                pass INTEGER NOT NULL DEFAULT 0,
                families BLOB NOT NULL DEFAULT X'',
                UNIQUE (statement, service, check_id, pass)
            ) STRICT;
            INSERT INTO statement_series_with_passes (id, statement, service, check_id, count, samples, digest)
                SELECT id, statement, service, check_id, count, samples, digest FROM statement_series;
            DROP TABLE statement_series;
            ALTER TABLE statement_series_with_passes RENAME TO statement_series;
            """,
        ],
        remade: [.series, .statementSeries], added: ["series": ["pass"]])
}
