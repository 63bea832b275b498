import Ledger
import SLA

extension Ledger {
    /// Records that the samples of `file` are about to be taken, and gives the import's number. One of the same
    /// content that was interrupted goes on under its own.
    /// - Throws: ``LedgerError``.
    public func beginImport(_ file: ImportedFile, at: Instant, by: String) throws -> Int64 {
        var unfinished: Int64?
        let recorded = try record { snapshot in
            unfinished = RecordedImport.unfinished(file, among: try snapshot.imports())?.number
            return unfinished == nil ? [.imported(RecordedImport(number: 0, file: file, at: at, by: by))] : []
        }
        return unfinished ?? recorded.imports.first?.number ?? 0
    }

    /// Records what became of the import `number`.
    /// - Throws: ``LedgerError``.
    public func finishImport(_ number: Int64, _ outcome: ImportOutcome, at: Instant) throws {
        try record { _ in [.importOutcome(import: number, outcome, at: at)] }
    }
}
