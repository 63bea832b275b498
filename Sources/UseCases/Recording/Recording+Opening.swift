import Configuration
import Intake
import Ledger
import SLA

extension Configuration {
    /// What a ledger that is not there means to whoever records.
    public enum MissingLedger: Sendable {
        /// It is made.
        case made
        /// It is missing: what is recorded is about something in it.
        case refused
    }

    /// What `body` records in the ledger by `by` at `now`; the ledger is closed then.
    ///
    /// Where there is none, `body` first runs on an empty one in memory: what is refused makes no ledger, which would
    /// belong to whoever asked and not to the daemon. So `body` does nothing but record.
    ///
    /// - Throws: what `body` throws, and what opening throws; `LedgerError.missing` where there is no ledger and
    ///   nothing is wrong with the words.
    public func recording<T>(
        by: String, at now: Instant, missing: MissingLedger, _ body: (Recording) throws -> T
    ) throws -> T {
        do {
            try Ledger(directory: stateDirectory, access: .reader).close()
        } catch let absence as LedgerError {
            guard case .missing = absence else { throw absence }
            try rehearse(absence, by: by, at: now, missing: missing, body)
        }
        let ledger = try Ledger(directory: stateDirectory, access: .recorder)
        defer { try? ledger.close() }
        let promised = try ledger.read { try $0.promised(catalog, asOf: now, now: now) }
        return try body(Recording(in: ledger, catalog: promised, by: by, now: now))
    }

    private func rehearse<T>(
        _ absence: LedgerError, by: String, at now: Instant, missing: MissingLedger, _ body: (Recording) throws -> T
    ) throws {
        let ledger = try Ledger(emptyInPlaceOf: stateDirectory)
        defer { try? ledger.close() }
        do {
            _ = try body(Recording(in: ledger, catalog: catalog, by: by, now: now))
        } catch {
            // What is not in the record is not to be found, since there is no record; a wrong word is wrong anyway.
            let isOfWords = (error as? InvalidRequest).map { !$0.isOfRecord } ?? ((error as? Unknown)?.kind == .service)
            if missing == .made || isOfWords { throw error }
        }
        if missing == .refused { throw absence }
    }
}
