extension SchemaVersion {
    /// Claims of customers, and their word that a credit may be lowered (clause 7).
    static let settlements = SchemaVersion(name: "settlements", tables: [.claims, .claimSteps, .acceptances])
}
