import GRDB
import SLA

/// A row of `transitions`.
struct TransitionRow: FactRow {
    static let table = FactTable.transitions

    var id: Int64?
    var service: String
    var state: String
    var since: Int64
    var at: Int64

    init(_ transition: Transition) {
        service = transition.service
        state = transition.state.rawValue
        since = transition.since.milliseconds
        at = transition.at.milliseconds
    }

    func transition() throws -> Transition {
        Transition(
            service: service, state: try named(state, CodingKeys.state), since: Instant(milliseconds: since),
            at: Instant(milliseconds: at))
    }
}

extension FactWriter {
    func add(_ transition: Transition) throws { try TransitionRow(transition).insert(db) }
}

extension LedgerSnapshot {
    /// The transitions of `service` known in `interval`, in the order in which they were recorded.
    /// - Throws: ``LedgerError``.
    public func transitions(of service: String, in interval: Interval) throws -> [Transition] {
        let at = Column("at")
        let rows = TransitionRow.filter(
            Column("service") == service && at >= interval.start.milliseconds && at < interval.end.milliseconds)
        return try all(rows.order(Column("id"))) { try $0.transition() }
    }

    /// The last transition of every service that has one, sorted by service.
    /// - Throws: ``LedgerError``.
    public func latestTransitions() throws -> [Transition] {
        let rows = TransitionRow.filter(sql: "id IN (SELECT max(id) FROM transitions GROUP BY service)")
        return try all(rows) { try $0.transition() }.sorted { $0.service < $1.service }
    }
}
