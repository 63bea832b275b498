import Ledger
import Platform
import SLA

/// Closes a month: computes it, compares it with what it was closed as, and keeps it where that differs.
public struct StatementClosing: Sendable {
    /// The month.
    public var month: CivilMonth
    /// The instant up to which things are known; nil for the instant at which it is closed.
    public var asOf: Instant?
    /// Who closes it.
    public var by: String
    /// Why; nil where nothing is said.
    public var reason: String?
    /// The agreement and the services of the configuration.
    public var configured: Catalog

    /// What became of it.
    public enum Outcome: Sendable {
        /// It is kept, as the original or as an amendment.
        case closed(ClosedStatement)
        /// Nothing has changed since this one, which stands.
        case unchanged(ClosedStatement)

        /// The statement that stands for the month now.
        public var statement: ClosedStatement {
            switch self {
            case .closed(let statement), .unchanged(let statement): statement
            }
        }
    }

    /// The closing of `month`.
    public init(month: CivilMonth, asOf: Instant?, by: String, reason: String?, configured: Catalog) {
        self.month = month
        self.asOf = asOf
        self.by = by
        self.reason = reason
        self.configured = configured
    }

    /// Whether the month's last minutes can still change at `instant`: what was seen last in it waits to be
    /// confirmed, or to become stale.
    public func isSettling(at instant: Instant) -> Bool {
        let end = configured.agreement.calendar.interval(of: month).end
        return instant < end + ReportsDue.settling(of: configured)
    }

    /// Closes the month in `ledger`. Figures are read without the write lock, so that the daemon goes on writing
    /// meanwhile; where somebody else closes the month in that time, it is compared anew, with theirs.
    ///
    /// - Parameters:
    ///   - clock: read before each comparison.
    ///   - progress: told, from time to time, how much is done, in percent.
    /// - Throws: `InvalidRequest`, ``ClosingRefusal``, `LedgerError`; nothing is then kept.
    public func close(
        in ledger: Ledger, clock: () -> Instant, progress: (Int) -> Void = { _ in }
    ) throws -> Outcome {
        try checkWords()
        while true {
            let (draft, latest) = try ledger.read { try self.draft($0, now: clock(), progress: progress) }
            guard let draft else {
                guard let latest else { throw ClosingRefusal.nothingCommitted(month) }
                return .unchanged(latest)
            }
            if let kept = try Self.keep(draft, configured, in: ledger) { return .closed(kept) }
        }
    }

    private func checkWords() throws(InvalidRequest) {
        var check = RequestCheck()
        if let reason { check.notBlank(.reason, reason) }
        check.name(by)
        try check.finish()
    }

    /// Keeps `draft` as the next statement of its month; nil where somebody else has closed the month since it was
    /// computed. With it goes what the configuration says of services that the ledger has never seen: what is closed
    /// must not depend on their staying there.
    static func keep(
        _ draft: ClosedStatement.Draft, _ configured: Catalog, in ledger: Ledger
    ) throws -> ClosedStatement? {
        let catalog = CatalogRecord(configured, at: draft.closedAt, by: draft.closedBy, ofNewServicesOnly: true)
        return try ledger.record { snapshot in
            let latest = try snapshot.latestStatementNumber(of: draft.month)
            guard let statement = ClosedStatement.keeping(draft, after: latest) else { return [] }
            return try [statement] + snapshot.latestRecords().facts(of: catalog)
        }.statements.first
    }

    /// The statement to be kept, nil where there is none; and the one that stands.
    private func draft(
        _ snapshot: LedgerSnapshot, now: Instant, progress: (Int) -> Void
    ) throws -> (draft: ClosedStatement.Draft?, latest: ClosedStatement?) {
        let asOf = asOf ?? now
        let latest = try snapshot.latestStatement(of: month)
        try check(asOf, now: now, latest: latest)
        let inputs = try snapshot.inputs(of: month, asOf: asOf, configured: configured, now: now)
        let services = max(1, inputs.catalog.services.count)
        let calculation = try StatementCalculation(inputs, in: snapshot) { progress($0 * 100 / services) }
        guard let latest else {
            let isCommitted = calculation.report.figures.contains { $0.verdict != .notCommitted }
            return (
                try isCommitted
                    ? draft(calculation, now: now, amends: nil, StatementChanges(), in: snapshot) : nil, nil
            )
        }
        let changes = try AmendmentChanges(from: latest, to: calculation, in: snapshot).changes
        if changes.isEmpty { return (nil, latest) }
        try checkCredits(of: calculation, after: latest)
        return (try draft(calculation, now: now, amends: latest.number, changes, in: snapshot), latest)
    }

    private func check(_ asOf: Instant, now: Instant, latest: ClosedStatement?) throws(ClosingRefusal) {
        let calendar = configured.agreement.calendar
        let end = calendar.interval(of: month).end
        if asOf > now { throw .inTheFuture }
        if asOf < end { throw .stillRuns(month, until: RFC3339.text(end, in: calendar.zone)) }
        if let latest, asOf < latest.draft.asOf {
            throw .knowsLess(than: latest.number, asOf: RFC3339.text(latest.draft.asOf, in: calendar.zone))
        }
    }

    /// A credit that was named is lowered only with the customer's word.
    private func checkCredits(
        of calculation: StatementCalculation, after latest: ClosedStatement
    ) throws(ClosingRefusal) {
        guard let table = ReportTable(csv: latest.draft.csv) else { return }
        let lowered = LoweredCredit.all(
            from: table,
            to: Dictionary(
                calculation.report.figures.map { ($0.service.id, $0.credit?.due) },
                uniquingKeysWith: { first, _ in first }),
            settlements: calculation.inputs.settlements, of: month, asOf: calculation.inputs.asOf,
            closedAt: latest.draft.closedAt, currency: configured.agreement.compensation.currency)
        if !lowered.isEmpty { throw .lowers(latest.number, lowered) }
    }

    private func draft(
        _ calculation: StatementCalculation, now: Instant, amends: StatementNumber?, _ changes: StatementChanges,
        in snapshot: LedgerSnapshot
    ) throws -> ClosedStatement.Draft {
        let (csv, document) = (calculation.csv, calculation.document)
        return ClosedStatement.Draft(
            month: month, amends: amends, closedAt: now, asOf: calculation.inputs.asOf, closedBy: by,
            reason: reason ?? "",
            program: AvaildVersion.text, csv: csv, inputs: document.text, series: calculation.series,
            digests: StatementCalculation.digests(csv: csv, document: document, series: calculation.series),
            changes: changes, ledgerState: try snapshot.state())
    }
}
