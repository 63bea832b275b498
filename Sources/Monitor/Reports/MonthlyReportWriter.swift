import Foundation
import Ledger
import Logging
import Platform
import Reporting
import SLA
import UseCases

/// Writes each month's report soon after the month has ended, also where the daemon was not running then.
///
/// It reads with a connection and on a queue of its own: a month of many services takes seconds.
actor MonthlyReportWriter {
    private let executor = SerialQueue(label: "availd.reports")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let stateDirectory: String
    private let log: Logger
    private var catalog: Catalog
    private var timer: (any DispatchSourceTimer)?
    private var knownFailure: String?

    init(stateDirectory: String, catalog: Catalog, log: Logger) {
        self.stateDirectory = stateDirectory
        self.catalog = catalog
        self.log = log
    }

    /// Looks every few seconds for a month that is due.
    func start() {
        let timer = executor.makeTimer { [weak self] in self?.assumeIsolated { $0.writeWhatIsDue() } }
        self.timer = timer
        timer.schedule(deadline: .now(), repeating: .seconds(5), leeway: .seconds(1))
        timer.activate()
    }

    /// Reports on `catalog` from now on.
    func follow(_ catalog: Catalog) { self.catalog = catalog }

    /// Starts no report any more.
    func stop() {
        timer?.cancel()
        timer = nil
    }

    private func writeWhatIsDue() {
        let now = SystemClock.wall()
        do {
            let due = try ReportsDue(catalog: catalog, directory: reportsDirectory).months(at: now) {
                try openLedger().read { try $0.firstSampleAt() }
            }
            for month in due { try write(month, asOf: now) }
            knownFailure = nil
        } catch {
            // Said once; the next turn tries again.
            let reason = "\(error)"
            if knownFailure != reason { log.error("the monthly report waits: \(reason)") }
            knownFailure = reason
        }
    }

    /// Removes what a crash in the middle of a report has left; nobody else writes here.
    private func removeLitter() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: reportsDirectory)) ?? []
        for name in names where name.hasSuffix(ReportFile.temporarySuffix) {
            try? FileManager.default.removeItem(atPath: reportsDirectory + "/" + name)
        }
    }

    private var reportsDirectory: String { stateDirectory + "/reports" }

    private func openLedger() throws -> Ledger { try Ledger(directory: stateDirectory, access: .reader) }

    private func write(_ month: CivilMonth, asOf: Instant) throws {
        let catalog = catalog
        let report = try openLedger().read { try $0.report(of: month, asOf: asOf, configured: catalog) }
        try FileManager.default.createDirectory(
            atPath: reportsDirectory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
        removeLitter()
        let path = ReportsDue.path(of: month, in: reportsDirectory)
        try ReportFile.write(ReportCSV.text(report), to: path)
        log.notice("wrote \(path)")
        for notice in ReportText.notices(of: report) { log.warning("\(month): not admitted: \(notice)") }
    }
}
