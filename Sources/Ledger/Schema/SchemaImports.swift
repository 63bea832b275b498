/// History from elsewhere.
///
/// - `imports`: a file whose samples or exclusions were taken, by whom and when. The row is written before the first
///   of its samples.
/// - `import_results`: what became of it, written behind the last of its samples; an import without one was
///   interrupted, and the same file again goes on with it. `number` grows with each. `dropped` is a JSON array of
///   [reason, count].
/// - `import_series`: which series was which check, as the file calls it.
extension SchemaVersion {
    static let imports = SchemaVersion(
        name: "imports",
        factTables: ["imports", "import_results", "import_series"],
        tables: """
            CREATE TABLE imports (
                number INTEGER PRIMARY KEY,
                file TEXT NOT NULL,
                size INTEGER NOT NULL,
                sha256 TEXT NOT NULL,
                format TEXT NOT NULL,
                at INTEGER NOT NULL,
                by TEXT NOT NULL
            ) STRICT;

            CREATE TABLE import_results (
                number INTEGER PRIMARY KEY,
                import INTEGER NOT NULL UNIQUE REFERENCES imports (number),
                at INTEGER NOT NULL,
                recorded INTEGER NOT NULL,
                repeated INTEGER NOT NULL,
                kept INTEGER NOT NULL,
                dropped TEXT NOT NULL CHECK (json_valid(dropped))
            ) STRICT;

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
