import Ledger
import SLA

/// The exclusions as the daemon knows them: those that are recorded, those that follow from maintenance, and what was
/// said of them.
struct ExclusionBook {
    private var recorded: [Exclusion] = []
    private var version: Int64?
    private var maintenance: MaintenanceFollower
    /// Those of which it was said that the contract does not admit them.
    private var refusedKnown: Set<String>

    /// All of them, of a version that changes only with them: the services tell by it whether anything has changed.
    private(set) var all = ExclusionIndex([], version: 0)
    private var lastVersion = 0

    /// A book that goes on where the ledger is.
    init(_ ledger: Ledger) throws {
        refusedKnown = Set(try ledger.read { try $0.latestAlerts(of: [.exclusionNotAdmitted]) }.map(\.subject))
        maintenance = try MaintenanceFollower(ledger)
    }

    /// Reads everything again at the next turn, since the services are others.
    mutating func forget() {
        forgetNews()
        maintenance.forget()
    }

    /// Takes what is recorded for new at the next turn, since nothing came of this one.
    mutating func forgetNews() { version = nil }

    /// Reads what somebody has recorded, and what maintenance claims at `now`; `isReview` where time alone may have
    /// changed that.
    ///
    /// - Returns: whether there is anything new.
    mutating func refresh(from ledger: Ledger, _ catalog: Catalog, at now: Instant, isReview: Bool) throws -> Bool {
        let isRecorded = try readRecorded(from: ledger)
        let isClaimed = try maintenance.follow(ledger, catalog, at: now, isReview: isReview)
        if isRecorded || isClaimed {
            lastVersion += 1
            all = ExclusionIndex(recorded + maintenance.exclusions, version: lastVersion)
        }
        return isRecorded || isClaimed
    }

    private mutating func readRecorded(from ledger: Ledger) throws -> Bool {
        let current = try ledger.read { try $0.exclusionsVersion() }
        guard current != version else { return false }
        recorded = try ledger.read { try $0.exclusions() }.map(\.exclusion)
        version = current
        return true
    }

    /// What is to be said at `now` under `agreement`.
    func alerts(under agreement: Agreement, at now: Instant) -> [Alert] {
        recorded.filter { $0.isInForce(asOf: now) && !refusedKnown.contains($0.id) }
            .compactMap { $0.notAdmittedAlert(under: agreement, at: now) }
            + maintenance.alerts(under: agreement, at: now)
    }

    /// Notes that `alerts` are durable, and that nothing else was to be said at `now`.
    mutating func committed(_ alerts: [Alert], at now: Instant) {
        refusedKnown.formUnion(alerts.filter { $0.event == .exclusionNotAdmitted }.map(\.subject))
        maintenance.committed(alerts, at: now)
    }
}
