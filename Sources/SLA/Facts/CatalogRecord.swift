/// What the configuration says at an instant, to be recorded where it differs from what it said before.
public struct CatalogRecord: Sendable {
    /// The agreement, the services and the customers.
    public var catalog: Catalog
    /// When it became known.
    public var at: Instant
    /// Who records it.
    public var by: String
    /// Whether only what the ledger has never seen is recorded: the command line does not speak for the daemon's
    /// configuration, which may be another.
    public var isOfNewServicesOnly: Bool

    /// What `catalog` says at `at`.
    public init(_ catalog: Catalog, at: Instant, by: String, ofNewServicesOnly: Bool = false) {
        self.catalog = catalog
        self.at = at
        self.by = by
        isOfNewServicesOnly = ofNewServicesOnly
    }
}
