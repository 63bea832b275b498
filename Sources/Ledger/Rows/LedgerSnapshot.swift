import GRDB

/// One consistent state of a ledger, for as long as the closure runs that it was given to.
///
/// It only reads: what is decided on it is recorded by ``Ledger/record(_:)``.
public struct LedgerSnapshot {
    let db: Database
    let path: String
}
