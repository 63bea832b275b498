import Ledger
import SLA

/// Maintenance as the daemon follows it: what is recorded, what that claims now, and what was said of it.
struct MaintenanceFollower {
    private var watch: MaintenanceWatch
    private var record = MaintenanceRecord()
    private var version: Int64?
    private var claims: [MaintenanceClaim] = []
    /// Until when they are all there are; nil where they are to be found anew.
    private var claimsHoldUntil: Instant?
    /// When there is next something to decide; nil where there is nothing.
    private var due: Instant? = .distantPast

    /// The exclusions that follow, of the running month and a little around it.
    private(set) var exclusions: [Exclusion] = []

    /// A follower that goes on where the ledger is.
    init(_ ledger: Ledger) throws {
        watch = try ledger.read { snapshot in
            let said = try snapshot.latestAlerts(of: [.maintenanceBegins, .maintenanceEnds])
            return MaintenanceWatch(resuming: try said + snapshot.latestAlerts(of: [.exclusionNotAdmitted]))
        }
    }

    /// For how long the windows are found ahead, in ms: with every customer in the scope of a plan, that takes long.
    private static let lookahead: Milliseconds = 3_600_000

    /// Reads everything again at the next turn.
    mutating func forget() { version = nil }

    /// Reads the record where it has changed, and takes from it what it claims at `now`; `isReview` where time alone
    /// may have changed that.
    ///
    /// - Returns: whether the exclusions are others than before.
    mutating func follow(_ ledger: Ledger, _ catalog: Catalog, at now: Instant, isReview: Bool) throws -> Bool {
        let current = try ledger.read { try $0.maintenanceVersion() }
        guard current != version || isReview else { return false }
        if current != version {
            record = try ledger.read { try $0.maintenance() }
            due = .distantPast
            claimsHoldUntil = nil
        }
        version = current
        if let claimsHoldUntil, (claimsHoldUntil - Self.lookahead..<claimsHoldUntil).contains(now) { return false }
        let agreement = catalog.agreement
        let month = agreement.calendar.interval(ofMonthContaining: now)
        // To the month's end at the most, when another month's are wanted, and until what is recorded already is known.
        claimsHoldUntil = min(now + Self.lookahead, month.end, record.nextKnown(after: now) ?? .distantFuture)
        let watched = MaintenanceWatch.range(at: now, under: agreement)
        let end = max(month.end, watched.end + Self.lookahead)
        guard let range = Interval(min(month.start, watched.start), end) else { return false }
        let found = record.claims(overlapping: range, catalog: catalog, asOf: now)
        guard found != claims else { return false }
        claims = found
        exclusions = found.map(\.exclusion)
        due = .distantPast
        return true
    }

    /// What is to be said at `now`.
    func alerts(under agreement: Agreement, at now: Instant) -> [Alert] {
        guard let due, due <= now else { return [] }
        return watch.decide(claims, under: agreement, at: now)
    }

    /// Notes that `alerts` are durable, and that nothing else was to be said at `now`.
    mutating func committed(_ alerts: [Alert], at now: Instant) {
        watch.markAnnounced(alerts)
        guard let due, due <= now else { return }
        self.due = MaintenanceWatch.nextChange(of: claims, after: now)
    }
}
