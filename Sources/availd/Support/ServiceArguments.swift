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
        let nearest = nearestName(to: id, among: services.map(\.id)).map { "; did you mean \($0)?" } ?? ""
        throw Failure(
            status: ExitStatus.usage,
            message: "unknown service \(Diagnostic.quoted(id)), expected one of the configuration's\(nearest)")
    }
}

extension Configuration {
    /// The ledger, to be read about `services`, which may be known from it alone.
    ///
    /// - Throws: what opening throws; where there is no ledger, first of all what is wrong with a name.
    func readableLedger(about services: [String] = []) throws -> Ledger {
        do {
            return try Ledger(directory: stateDirectory, access: .reader)
        } catch let error as LedgerError {
            if case .missing = error { for id in services { _ = try catalog.requiredService(id) } }
            throw error
        }
    }

    /// The ledger, to record something about what is in it: none is made by asking for what cannot be there.
    ///
    /// - Throws: what opening throws.
    func existingLedger() throws -> Ledger {
        try readableLedger().close()
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
