import Foundation
import Ledger
import Logging
import Reporting
import SLA
import UseCases

/// Writes each month's report soon after the month has ended, also where the daemon was not running then.
///
/// It reads with a connection of its own, and is to have a queue of its own: a month of many services takes seconds.
struct MonthlyReportWriter {
    /// How often it looks for a month that is due, in ms.
    static let interval: Milliseconds = 5000
    /// How long the wall clock must not have stepped before a month is over, in ms.
    static let steadyAfter = ClockTrust.steadyAfter

    private let stateDirectory: String
    private let open: @Sendable () throws -> any MonitorLedger
    private let log: Logger
    private let clock: @Sendable () -> Now
    private var catalog: Catalog
    private var failure: FailureLog
    private var steps = ClockStepDetector()
    private let steadyAfter: Milliseconds
    /// Whether what a wrong clock has written was looked for since the clock is steady.
    private var isSwept = false

    /// - Parameter open: opens the ledger to read from it.
    init(
        stateDirectory: String, catalog: Catalog, log: Logger, clock: @escaping @Sendable () -> Now,
        steadyAfter: Milliseconds = Self.steadyAfter,
        open: @escaping @Sendable () throws -> any MonitorLedger
    ) {
        self.stateDirectory = stateDirectory
        self.catalog = catalog
        self.log = log
        self.clock = clock
        self.steadyAfter = steadyAfter
        self.open = open
        failure = FailureLog(log, "the monthly report waits")
    }

    /// Reports on `catalog` from now on.
    mutating func follow(_ catalog: Catalog) { self.catalog = catalog }

    /// Writes what is due.
    mutating func turn() {
        let reading = clock()
        if steps.step(to: reading) != nil { isSwept = false }
        guard !reading.isDoubted, steps.isSteady(at: reading.monotonic, for: steadyAfter) else { return }
        let now = reading.wall
        do {
            let reports = ReportsDue(catalog: catalog, directory: reportsDirectory)
            if !isSwept {
                for path in try reports.removeThose(after: now) { log.warning("removed \(path), as of the future") }
                isSwept = true
            }
            let due = try reports.months(at: now) {
                try open().read { try $0.firstSampleAt() }
            }
            for month in due { try write(month, asOf: now) }
            failure.note(nil)
        } catch {
            failure.note("\(error)")
        }
    }

    /// Removes what a crash in the middle of a report has left; nobody else writes here.
    private func removeLitter() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: reportsDirectory)) ?? []
        for name in names where name.hasSuffix(ReportFile.temporarySuffix) {
            try? FileManager.default.removeItem(atPath: reportsDirectory + "/" + name)
        }
    }

    /// Foundation's errors have their parts in another order each time, and would be said at every try.
    private func makeFolder() throws {
        // Whatever the mask of the process.
        if mkdir(reportsDirectory, 0o750) == 0, chmod(reportsDirectory, 0o750) == 0 { return }
        if errno != EEXIST { throw OutputFailure(path: reportsDirectory, errno: errno) }
    }

    private var reportsDirectory: String { stateDirectory + "/reports" }

    private func write(_ month: CivilMonth, asOf: Instant) throws {
        let report = try open().read { try $0.report(of: month, asOf: asOf, configured: catalog) }
        try makeFolder()
        removeLitter()
        let path = ReportsDue.path(of: month, in: reportsDirectory)
        try ReportFile.write(ReportCSV.text(report), to: path)
        log.notice("wrote \(path)")
        for notice in ReportText.notices(of: report) { log.warning("\(month): not admitted: \(notice)") }
    }
}
