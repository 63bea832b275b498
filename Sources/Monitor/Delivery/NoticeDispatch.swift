import Logging
import SLA
import UseCases

/// The daemon's part in announcing maintenance: what is still wanted is tried again, and the public files follow what
/// is recorded.
///
/// While the wall clock is doubted nothing is tried: a try has its instant, and a notice that is late by a wrong clock is
/// given up.
///
/// It is to have a queue of its own: a mail server that hangs holds up neither probes nor commits nor alerts.
struct NoticeDispatch {
    /// How often it looks for a notice that is due, in ms.
    static let interval: Milliseconds = 2000

    /// What it works by, for one configuration.
    struct Actions {
        /// The number that grows with everything that is recorded of maintenance.
        var version: () throws -> Int64
        /// The day on which an instant lies.
        var day: (Instant) -> CivilDate
        /// Writes the public files as they should be at an instant.
        var writePublicFiles: (Instant) throws -> Void
        /// Has windows announced whose time for it has come, and tries what is due, as long as the first closure says so, and tells the second of each try.
        ///
        /// - Returns: when the next one is due; nil where none will be.
        var sendDue: (() -> Bool, (NoticeSender.Attempt) -> Void) throws -> Instant?
    }

    private var actions: Actions
    private let stop: StopOrder
    private let log: Logger
    private let clock: @Sendable () -> Now
    private var version: Int64?
    private var next: Instant?
    private var written: CivilDate?
    private var failure: FailureLog

    init(_ actions: Actions, stop: StopOrder, log: Logger, clock: @escaping @Sendable () -> Now) {
        self.actions = actions
        self.stop = stop
        self.log = log
        self.clock = clock
        failure = FailureLog(log, "notices wait")
    }

    /// Works by `actions` from now on.
    mutating func follow(_ actions: Actions) {
        self.actions = actions
        version = nil
    }

    /// Takes a turn.
    mutating func turn() {
        let reading = clock()
        guard !stop.isOrdered, !reading.isDoubted else { return }
        let now = reading.wall
        do {
            let current = try actions.version()
            let isNews = current != version
            let today = actions.day(now)
            // Each day too, as their windows pass.
            if isNews || written != today {
                try actions.writePublicFiles(now)
                written = today
            }
            if isNews || next.map({ $0 <= now }) ?? false {
                let stop = stop
                next = try actions.sendDue({ !stop.isOrdered }, say)
                version = try actions.version()
            }
            failure.note(nil)
        } catch {
            if !stop.isOrdered { failure.note("\(error)") }
        }
    }

    private func say(_ tried: NoticeSender.Attempt) {
        let (notice, result) = tried
        let what =
            "notice \(notice.subject) by \(notice.channel.rawValue)" + (notice.customer.map { " to \($0)" } ?? "")
        switch result.outcome {
        case .delivered: log.notice("\(what): \(result.answer)")
        case .deferred: log.warning("\(what) is tried again later: \(result.answer)")
        case .refused: log.error("\(what) is refused, and not tried again: \(result.answer)")
        }
    }
}
