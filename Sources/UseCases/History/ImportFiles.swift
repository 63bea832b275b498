import Configuration
import Ledger
import SLA

/// Files from elsewhere that are to be taken into the ledger: samples, exclusions, or both.
public struct ImportRequest: Sendable {
    /// The samples.
    public var history: HistoryImport?
    /// The exclusions.
    public var exclusions: ExclusionImportRequest?
    /// Whether the ledger keeps what it has where a sample contradicts it; else that is refused.
    public var keepExisting: Bool
    /// Whether it is only said what would be taken.
    public var isDryRun: Bool

    /// A request.
    public init(
        history: HistoryImport?, exclusions: ExclusionImportRequest?, keepExisting: Bool = false, isDryRun: Bool = false
    ) {
        self.history = history
        self.exclusions = exclusions
        self.keepExisting = keepExisting
        self.isDryRun = isDryRun
    }
}

extension Configuration {
    /// Takes the files of `request` into the ledger by `by` at `now`. All of both is held against the ledger before any
    /// of either is written; where there is nothing new in one, nothing is.
    ///
    /// - Parameters:
    ///   - clock: read when the samples are written.
    ///   - progress: told, from time to time, how much of them is, in percent.
    /// - Throws: `Diagnostics`, `ExclusionError`, and nothing is written; `LedgerError`, and what was written up to then
    ///   stays.
    public func importing(
        _ request: ImportRequest, by: String, at now: Instant, clock: () -> Instant, progress: (Int) -> Void
    ) async throws -> ImportReceipt {
        let (samples, exclusions) = try readableOrEmptyLedger { ledger in
            try ledger.read { snapshot in
                (
                    try request.history?.preview(in: snapshot, keepExisting: request.keepExisting),
                    try request.exclusions?.preview(
                        in: snapshot, under: snapshot.promised(catalog, asOf: now, now: now).agreement)
                )
            }
        }
        var receipt = ImportReceipt(isDryRun: request.isDryRun, in: catalog.agreement.calendar.zone)
        if let history = request.history, let samples {
            var recorded: RecordedImport?
            if samples.isNews, !request.isDryRun {
                let ledger = try recordedLedger()
                defer { try? ledger.close() }
                recorded = try await Recording(in: ledger, catalog: catalog, by: by, now: now)
                    .importHistory(history, clock: clock, progress: progress)
            }
            receipt.add(samples, recorded: recorded)
        }
        if let wanted = request.exclusions, let exclusions {
            receipt.add(
                request.isDryRun
                    ? exclusions : try recording(by: by, at: now, missing: .made) { try $0.importExclusions(wanted) })
        }
        return receipt
    }
}
