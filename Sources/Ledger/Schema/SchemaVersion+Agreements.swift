extension SchemaVersion {
    /// What was promised, since when (semantics §3.2).
    static let agreements = SchemaVersion(name: "agreements", tables: [.agreementRecords])
}
