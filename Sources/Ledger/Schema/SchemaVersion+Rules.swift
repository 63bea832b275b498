extension SchemaVersion {
    /// Corrections of how checks were measured (semantics §3.2).
    static let rules = SchemaVersion(name: "rules", tables: [.ruleCorrections])
}
