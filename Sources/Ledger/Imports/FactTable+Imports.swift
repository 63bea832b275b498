extension FactTable {
    /// Files whose samples or exclusions were taken. The row is written before the first of its samples.
    static let imports = FactTable(
        name: "imports",
        definition: """
            CREATE TABLE imports (
                number INTEGER PRIMARY KEY,
                file TEXT NOT NULL,
                size INTEGER NOT NULL,
                sha256 TEXT NOT NULL,
                format TEXT NOT NULL,
                at INTEGER NOT NULL,
                by TEXT NOT NULL
            ) STRICT;
            """)

    /// What became of an import, written behind the last of its samples; one without it was interrupted, and the same
    /// file again goes on with it.
    static let importResults = FactTable(
        name: "import_results",
        definition: """
            CREATE TABLE import_results (
                number INTEGER PRIMARY KEY,
                import INTEGER NOT NULL UNIQUE REFERENCES imports (number),
                at INTEGER NOT NULL,
                recorded INTEGER NOT NULL,
                repeated INTEGER NOT NULL,
                kept INTEGER NOT NULL,
                dropped TEXT NOT NULL CHECK (json_valid(dropped))
            ) STRICT;
            """)

    /// Which series was which check, as the file calls it.
    static let importSeries = FactTable(
        name: "import_series",
        definition: """
            CREATE TABLE import_series (
                number INTEGER PRIMARY KEY,
                import INTEGER NOT NULL REFERENCES imports (number),
                source TEXT NOT NULL,
                service TEXT NOT NULL,
                check_id TEXT NOT NULL,
                samples INTEGER NOT NULL,
                first_at INTEGER NOT NULL,
                last_at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX import_series_by_import ON import_series (import);
            """)
}
