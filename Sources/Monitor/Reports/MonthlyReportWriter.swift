import Foundation
import Ledger
import Logging
import Platform
import Reporting
import SLA

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
                try openLedger().firstSampleAt()
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

/// Which months' reports are due and not written.
struct ReportsDue {
    let catalog: Catalog
    let directory: String

    static func path(of month: CivilMonth, in directory: String) -> String { "\(directory)/\(month).csv" }

    /// The longest that a report waits for its month to settle: one slow check must not hold up all customers'.
    private static let longestSettling: Milliseconds = 3_600_000

    /// How long after its end a month is settled: what was seen last in it is confirmed by then, or stale.
    static func settling(of catalog: Catalog) -> Milliseconds {
        let checks = catalog.services.flatMap(\.checks)
        let needed = checks.map { $0.staleAfter + Milliseconds($0.confirm) * $0.interval }.max() ?? 0
        return min(needed, longestSettling)
    }

    /// The months that are due at `now`, the oldest first: from that of the first sample to the last that has
    /// ended and settled, those without a file.
    ///
    /// - Parameter firstSampleAt: asked only where the last month has no file.
    func months(at now: Instant, firstSampleAt: () throws -> Instant?) rethrows -> [CivilMonth] {
        let calendar = catalog.agreement.calendar
        let last = calendar.month(containing: now - Self.settling(of: catalog)).previous
        guard !isWritten(last), let first = try firstSampleAt() else { return [] }
        var due: [CivilMonth] = []
        var month = last
        while calendar.interval(of: month).end > first {
            if !isWritten(month) { due.append(month) }
            month = month.previous
        }
        return due.reversed()
    }

    private func isWritten(_ month: CivilMonth) -> Bool {
        FileManager.default.fileExists(atPath: Self.path(of: month, in: directory))
    }
}
