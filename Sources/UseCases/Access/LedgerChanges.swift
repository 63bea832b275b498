import Configuration
import Ledger
import Reporting
import SLA

extension Configuration {
    /// What it says otherwise than what the ledger has recorded last.
    ///
    /// - Throws: `LedgerError`; of a ledger that is not there, everything is new.
    public func changesSinceRecorded() throws -> ChangesDocument {
        try readableOrEmptyLedger { ledger in
            try ledger.read { snapshot in
                let latest = try snapshot.latestRecords()
                let changes = try latest.changes(by: catalog, isDown: snapshot.isLastSeenDown)
                return document(changes, against: "what the ledger has")
            }
        }
    }

    /// What it says otherwise than `other`, which is called `name`.
    public func changes(from other: Configuration, called name: String) -> ChangesDocument {
        let known = other.catalog
        let changes = catalog.changes(
            from: known.agreement, customers: Dictionary(uniqueKeysWithValues: known.customers.map { ($0.id, $0) }),
            services: Dictionary(uniqueKeysWithValues: known.services.map { ($0.id, $0) }), isDown: { _ in false })
        return document(changes, against: name)
    }

    private func document(_ changes: [CatalogChange], against: String) -> ChangesDocument {
        ChangesDocument(changes, against: against, in: catalog.agreement.calendar.zone)
    }
}
