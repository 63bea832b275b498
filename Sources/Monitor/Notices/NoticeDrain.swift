import Configuration
import Dispatch
import Ledger
import Logging
import Platform
import SLA
import Synchronization
import UseCases

/// The daemon's part in announcing maintenance: what is still wanted is tried again, and the public files follow what
/// is recorded.
///
/// It has a queue of its own: a mail server that hangs holds up neither probes nor commits nor alerts.
actor NoticeDrain {
    private let executor = SerialQueue(label: "availd.notices")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let ledger: Ledger
    private let log: Logger
    private var configuration: Configuration
    private var sender: NoticeSender
    private var timer: (any DispatchSourceTimer)?
    private var version: Int64?
    private var next: Instant?
    private var written: CivilDate?
    private var knownFailure: String?
    private let isStopping = Atomic(false)

    private static let who = "availd"

    init(_ ledger: Ledger, _ configuration: Configuration, log: Logger) {
        self.ledger = ledger
        self.log = log
        self.configuration = configuration
        sender = NoticeSender(ledger, configuration, by: Self.who)
    }

    /// Looks every few seconds for a notice that is due.
    func start() {
        let timer = executor.makeTimer { [weak self] in self?.assumeIsolated { $0.turn() } }
        self.timer = timer
        timer.schedule(deadline: .now(), repeating: .seconds(2), leeway: .milliseconds(500))
        timer.activate()
    }

    /// Works by `configuration` from now on.
    func follow(_ configuration: Configuration) {
        self.configuration = configuration
        sender = NoticeSender(ledger, configuration, by: Self.who)
        version = nil
    }

    /// Begins no further try. A stop does not wait for one that hangs.
    nonisolated func stop() { isStopping.store(true, ordering: .relaxed) }

    private func turn() {
        guard !isStopping.load(ordering: .relaxed) else { return }
        let now = SystemClock.wall()
        do {
            let current = try ledger.read { try $0.maintenanceVersion() }
            let isNews = current != version
            try refresh(isNews: isNews, at: now)
            if isNews || next.map({ $0 <= now }) ?? false {
                next = try sender.sendDue(
                    clock: SystemClock.wall, while: { !isStopping.load(ordering: .relaxed) }, report: say)
                version = try ledger.read { try $0.maintenanceVersion() }
            }
            knownFailure = nil
        } catch {
            guard !isStopping.load(ordering: .relaxed) else { return }
            // Said once; the next turn tries again.
            let reason = "\(error)"
            if knownFailure != reason { log.error("notices wait: \(reason)") }
            knownFailure = reason
        }
    }

    /// Writes the public files where something was recorded, and each day, as their windows pass.
    private func refresh(isNews: Bool, at now: Instant) throws {
        let today = configuration.catalog.agreement.calendar.date(at: now)
        guard isNews || written != today else { return }
        try PublicNotices(configuration).write(from: ledger, at: now)
        written = today
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
