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
        } catch {
            for id in services { _ = try catalog.requiredService(id) }
            throw error
        }
    }

    /// The ledger, to record something; one is made where there is none.
    func recordedLedger() throws -> Ledger {
        try Ledger(directory: stateDirectory, access: .recorder)
    }

    /// What `body` makes of the ledger, or of an empty one where there is none; it is closed then.
    ///
    /// - Throws: what opening and `body` throw.
    func readableOrEmptyLedger<T>(_ body: (Ledger) throws -> T) throws -> T {
        let ledger: Ledger
        do {
            ledger = try Ledger(directory: stateDirectory, access: .reader)
        } catch LedgerError.missing {
            ledger = try Ledger(emptyInPlaceOf: stateDirectory)
        }
        defer { try? ledger.close() }
        return try body(ledger)
    }

    /// The catalogue with the services that the configuration no longer has and the ledger remembers.
    ///
    /// - Throws: what reading the ledger throws; where there is none, the catalogue is the configuration's.
    public func everKnownCatalog() throws -> Catalog {
        try readableOrEmptyLedger { ledger in
            try ledger.read { try $0.catalogHistory().everKnown(catalog) }
        }
    }
}
