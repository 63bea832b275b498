extension SchemaVersion {
    /// The recurring plans that exclusions from elsewhere name (semantics §4).
    static let exclusionPlans = SchemaVersion(
        name: "exclusion_plans", tables: [], changes: ["ALTER TABLE exclusions ADD COLUMN plan TEXT;"],
        added: ["exclusions": ["plan"]])
}
