import GRDB
import SLA

/// A row of `daemon_events`.
struct DaemonEventRow: FactRow {
    static let table = FactTable.daemonEvents

    var id: Int64?
    var kind: String
    var at: Int64
    var pid: Int32
    var version: String
    var text: String

    init(_ event: DaemonEvent) {
        kind = event.kind.rawValue
        at = event.at.milliseconds
        pid = event.pid
        version = event.version
        text = event.text
    }

    func event() throws -> DaemonEvent {
        DaemonEvent(
            kind: try named(kind, CodingKeys.kind), at: Instant(milliseconds: at), pid: pid, version: version,
            text: text)
    }
}

extension FactWriter {
    func add(_ event: DaemonEvent) throws { try DaemonEventRow(event).insert(db) }
}

extension LedgerSnapshot {
    /// What happened to the daemon at or after `since`, in the order in which it was recorded.
    /// - Throws: ``LedgerError``.
    public func daemonEvents(since: Instant) throws -> [DaemonEvent] {
        let rows = DaemonEventRow.filter(Column("at") >= since.milliseconds).order(Column("id"))
        return try all(rows) { try $0.event() }
    }

    /// The last thing of `kinds` that happened to the daemon; nil where nothing did.
    /// - Throws: ``LedgerError``.
    public func latestDaemonEvent(of kinds: [DaemonEvent.Kind]) throws -> DaemonEvent? {
        let rows = DaemonEventRow.filter(kinds.map(\.rawValue).contains(Column("kind")))
        return try all(rows.order(Column("id").desc).limit(1)) { try $0.event() }.first
    }

    /// What happened to the daemon of one `kind`, in the order in which it was recorded.
    /// - Throws: ``LedgerError``.
    public func daemonEvents(of kind: DaemonEvent.Kind) throws -> [DaemonEvent] {
        try all(DaemonEventRow.filter(Column("kind") == kind.rawValue).order(Column("id"))) { try $0.event() }
    }
}
