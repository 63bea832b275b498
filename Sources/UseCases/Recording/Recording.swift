import Intake
import Ledger
import SLA

/// What something is recorded with. Each thing that can be recorded is a function of it, which reads the ledger,
/// lets the contract decide and records what follows, all in one transaction: two who record at once are decided one
/// after the other.
public struct Recording: Sendable {
    /// Open for recording.
    public let ledger: Ledger
    /// The agreement and the services of the configuration; the agreement with its past.
    public let catalog: Catalog
    /// Who records.
    public let by: String
    /// What the clock shows.
    public let now: Instant

    /// Recording in `ledger` by `by` at `now`.
    public init(in ledger: Ledger, catalog: Catalog, by: String, now: Instant) {
        self.ledger = ledger
        self.catalog = catalog
        self.by = by
        self.now = now
    }

    var calendar: CivilCalendar { catalog.agreement.calendar }

    /// Requires that who records has a name: for what takes long to read before it is recorded.
    public static func requireName(_ name: String) throws(InvalidRequest) {
        var check = RequestCheck()
        check.name(name)
        try check.finish()
    }

    /// The services of the configuration, and those that it no longer has: what a name can mean.
    func everKnown(in snapshot: LedgerSnapshot) throws -> Catalog {
        try snapshot.catalogHistory().everKnown(catalog)
    }

    /// What the configuration says of services that the ledger has never seen: what is recorded of a service must not
    /// depend on its staying in the configuration.
    func newServices(in snapshot: LedgerSnapshot) throws -> [Fact] {
        try snapshot.latestRecords().facts(of: CatalogRecord(catalog, at: now, by: by, ofNewServicesOnly: true))
    }

    /// Runs `body`; what the contract refuses of an incident says its instants in the agreement's zone.
    func ofIncident<T>(_ body: () throws(IncidentError) -> T) throws(Refusal) -> T {
        do {
            return try body()
        } catch {
            throw Refusal(error.text(in: calendar.zone))
        }
    }

    /// Runs `body`; what the contract refuses of maintenance says its instants in the agreement's zone.
    ///
    /// - Throws: a `Refusal`; `InvalidRequest` where another end would do.
    func ofMaintenance<T>(_ body: () throws(MaintenanceError) -> T) throws -> T {
        do {
            return try body()
        } catch {
            let text = error.text(in: calendar.zone)
            switch error {
            case .nothingToCancel, .noWindow: throw Refusal(text)
            case .tooLong, .notLater: throw InvalidRequest(.until, "\(text)")
            }
        }
    }
}
