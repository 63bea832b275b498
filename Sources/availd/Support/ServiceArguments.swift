import Configuration
import Intake
import Ledger
import SLA

extension Catalog {
    /// The service called `id`.
    ///
    /// - Throws: a ``Failure`` of usage that names the nearest one.
    func requiredService(_ id: String) throws -> Service {
        if let service = service(id) { return service }
        let nearest = didYouMean(nearestName(to: id, among: services.map(\.id)))
        throw Failure(
            status: ExitStatus.usage,
            message: "unknown service \(Diagnostic.quoted(id)), expected one of the configuration's\(nearest)")
    }
}

extension Configuration {
    /// The ledger, to be read about `services`, which may be known from it alone.
    ///
    /// - Throws: what opening throws; where the ledger cannot be read, first of all what is wrong with a name.
    func readableLedger(about services: [String] = []) throws -> Ledger {
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
    func existingLedger() throws -> Ledger {
        try Ledger(directory: stateDirectory, access: .reader).close()
        return try Ledger(directory: stateDirectory, access: .recorder)
    }

    /// The catalogue with the services that the configuration no longer has and the ledger remembers.
    ///
    /// - Throws: what reading the ledger throws; where there is none, the catalogue is the configuration's.
    func everKnownCatalog() throws -> Catalog {
        do {
            return try Ledger(directory: stateDirectory, access: .reader).read {
                try $0.catalogHistory().everKnown(catalog)
            }
        } catch LedgerError.missing {
            return catalog
        }
    }
}
