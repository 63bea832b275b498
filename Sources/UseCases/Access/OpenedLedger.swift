import Configuration
import Ledger
import SLA

extension Configuration {
    /// The ledger, to be read about `services`, which may be known from it alone.
    ///
    /// - Throws: what opening throws; where the ledger cannot be read, first of all what is wrong with a name.
    public func readableLedger(about services: [String] = []) throws -> Ledger {
        do {
            return try Ledger(directory: stateDirectory, access: .reader)
        } catch let error as LedgerError {
            for id in services { _ = try catalog.requiredService(id) }
            throw error
        }
    }

    /// The ledger, to record something about what is in it: one that is not there is not made by asking for one.
    ///
    /// - Throws: what opening throws; `LedgerError.missing` where there is no ledger.
    public func existingLedger() throws -> Ledger {
        try Ledger(directory: stateDirectory, access: .reader).close()
        return try recordedLedger()
    }

    /// The ledger, to record something; one is made where there is none.
    public func recordedLedger() throws -> Ledger {
        try Ledger(directory: stateDirectory, access: .recorder)
    }

    /// The catalogue with the services that the configuration no longer has and the ledger remembers.
    ///
    /// - Throws: what reading the ledger throws; where there is none, the catalogue is the configuration's.
    public func everKnownCatalog() throws -> Catalog {
        do {
            return try Ledger(directory: stateDirectory, access: .reader).read {
                try $0.catalogHistory().everKnown(catalog)
            }
        } catch LedgerError.missing {
            return catalog
        }
    }
}
