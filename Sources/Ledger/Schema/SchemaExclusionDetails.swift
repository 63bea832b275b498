/// What is known of an exclusion besides what decides about it (clauses 3.2–3.5): a row where there is something.
/// `origin` says where an imported one comes from.
extension SchemaVersion {
    static let exclusionDetails = SchemaVersion(
        name: "exclusion_details",
        factTables: ["exclusion_details"],
        tables: """
            CREATE TABLE exclusion_details (
                exclusion INTEGER PRIMARY KEY REFERENCES exclusions (number),
                kind TEXT,
                act TEXT,
                breach TEXT,
                outage_service TEXT,
                outage_start INTEGER,
                origin TEXT,
                CHECK ((outage_service IS NULL) = (outage_start IS NULL))
            ) STRICT;
            """)
}
