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
    /// How often it looks for a statement whose file is missing, in ms.
    static let lookingInterval: Milliseconds = 60_000
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
    /// When it looked for statements without a file; nil before the first time.
    private var lookedAt: MonotonicInstant?
    /// How many statements had theirs then.
    private var kept = 0
    private var unkept: FailureLog

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
        unkept = FailureLog(log, "a statement's file waits")
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
            let reports = ReportsDue(catalog: catalog, directory: folder.path)
            if !isSwept {
                let closed = try open().read { try Set($0.statementNumbers().map(\.month)) }
                for path in try reports.removeThose(after: now, butOf: closed) {
                    log.warning("removed \(path), as of the future")
                }
                isSwept = true
            }
            let due = try reports.months(at: now) {
                try open().read { try $0.firstSampleAt() }
            }
            for month in due { try write(month, asOf: now) }
            failure.note(nil)
        } catch {
            return failure.note("\(error)")
        }
        keepStatements(at: reading.monotonic)
    }

    /// Writes the files of statements that are missing, where whoever closed a month did not come to it.
    private mutating func keepStatements(at instant: MonotonicInstant) {
        if let lookedAt, instant - lookedAt < Self.lookingInterval { return }
        lookedAt = instant
        do {
            try open().read { snapshot in
                let numbers = try snapshot.statementNumbers()
                if numbers.count == kept { return }
                try folder.keep(in: snapshot) { log.notice("wrote \($0)") }
                kept = numbers.count
            }
            unkept.note(nil)
        } catch {
            unkept.note("\(error)")
        }
    }

    private var folder: ReportFolder { ReportFolder(stateDirectory: stateDirectory) }

    private func write(_ month: CivilMonth, asOf: Instant) throws {
        let isClosed = { try open().read { try $0.latestStatementNumber(of: month) != nil } }
        if try isClosed() {
            // Its statement is the report.
            return try open().read { try folder.keep(in: $0, of: month) { log.notice("wrote \($0)") } }
        }
        let report = try open().read { try $0.report(of: month, asOf: asOf, configured: catalog) }
        guard try folder.write(ReportCSV.text(report), of: month, unless: isClosed) else { return }
        log.notice("wrote \(folder.file(of: month))")
        for notice in ReportText.notices(of: report) { log.warning("\(month): not admitted: \(notice)") }
    }
}
