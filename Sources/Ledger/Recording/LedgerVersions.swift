/// How far a ledger is, by what is recorded: each number grows whenever something of its kind is recorded, by whichever
/// program, and only then.
public struct LedgerVersions: Hashable, Sendable {
    /// Paid time that was imported, withdrawn or reinstated, and rules that were corrected.
    public var terms: Int64 = 0
    /// Imports of samples.
    public var imports: Int64 = 0
    /// Exclusions and their revocations.
    public var exclusions: Int64 = 0
    /// Voids and downtimes, and their revocations.
    public var corrections: Int64 = 0
    /// Ends of passes of the wall clock.
    public var passes: Int64 = 0
    /// Maintenance and its notices.
    public var maintenance: Int64 = 0
    /// Events of incidents.
    public var incidents: Int64 = 0

    /// An empty ledger's.
    public init() {}
}

extension LedgerSnapshot {
    /// How far the ledger is: what tells, in constant time, whether anybody has recorded anything.
    /// - Throws: ``LedgerError``.
    public func versions() throws -> LedgerVersions {
        var versions = LedgerVersions()
        versions.terms = try termsVersion()
        versions.imports = try importsVersion()
        versions.exclusions = try exclusionsVersion()
        versions.corrections = try correctionsVersion()
        versions.passes = try passesVersion()
        versions.maintenance = try maintenanceVersion()
        versions.incidents = try incidentsVersion()
        return versions
    }
}
