import Ledger
import SLA

/// The questions of a snapshot, each asked of one of its own: what a test looks at, one thing at a time.
extension Ledger {
    /// See ``LedgerSnapshot/samples(of:covering:asOf:_:)``.
    public func samples(
        of check: CheckID, covering period: Interval, asOf: Instant, _ body: (Sample) throws -> Void
    ) throws {
        try read { try $0.samples(of: check, covering: period, asOf: asOf, body) }
    }

    /// See ``LedgerSnapshot/lastObservation(of:asOf:)``.
    public func lastObservation(of check: CheckID, asOf: Instant) throws -> Observation? {
        try read { try $0.lastObservation(of: check, asOf: asOf) }
    }

    /// See ``LedgerSnapshot/observations(of:in:limit:)``.
    public func observations(of check: CheckID, in interval: Interval, limit: Int? = nil) throws -> [Observation] {
        try read { try $0.observations(of: check, in: interval, limit: limit) }
    }

    /// See ``LedgerSnapshot/exclusions()``.
    public func exclusions() throws -> [RecordedExclusion] {
        try read { try $0.exclusions() }
    }

    /// See ``LedgerSnapshot/exclusionsVersion()``.
    public func exclusionsVersion() throws -> Int64 {
        try read { try $0.exclusionsVersion() }
    }

    /// See ``LedgerSnapshot/maintenance()``.
    public func maintenance() throws -> MaintenanceRecord {
        try read { try $0.maintenance() }
    }

    /// See ``LedgerSnapshot/maintenanceVersion()``.
    public func maintenanceVersion() throws -> Int64 {
        try read { try $0.maintenanceVersion() }
    }

    /// See ``LedgerSnapshot/notices()``.
    public func notices() throws -> [Notice] {
        try read { try $0.notices() }
    }

    /// See ``LedgerSnapshot/latestAlerts(of:)``.
    public func latestAlerts(of events: [AlertEvent]) throws -> [Alert] {
        try read { try $0.latestAlerts(of: events) }
    }

    /// See ``LedgerSnapshot/transitions(of:in:)``.
    public func transitions(of service: String, in interval: Interval) throws -> [Transition] {
        try read { try $0.transitions(of: service, in: interval) }
    }

    /// See ``LedgerSnapshot/latestTransitions()``.
    public func latestTransitions() throws -> [Transition] {
        try read { try $0.latestTransitions() }
    }

    /// See ``LedgerSnapshot/daemonEvents(since:)``.
    public func daemonEvents(since: Instant) throws -> [DaemonEvent] {
        try read { try $0.daemonEvents(since: since) }
    }

    /// See ``LedgerSnapshot/firstSampleAt()``.
    public func firstSampleAt() throws -> Instant? {
        try read { try $0.firstSampleAt() }
    }

    /// See ``LedgerSnapshot/sampleCount()``.
    public func sampleCount() throws -> Int64 {
        try read { try $0.sampleCount() }
    }

    /// See ``LedgerSnapshot/checkIntegrity(quick:)``.
    public func checkIntegrity(quick: Bool = false) throws -> [String] {
        try read { try $0.checkIntegrity(quick: quick) }
    }

    /// See ``LedgerSnapshot/termsVersion()``.
    public func termsVersion() throws -> Int64 {
        try read { try $0.termsVersion() }
    }

    /// See ``LedgerSnapshot/imports()``.
    public func imports() throws -> [RecordedImport] {
        try read { try $0.imports() }
    }

    /// See ``LedgerSnapshot/importsVersion()``.
    public func importsVersion() throws -> Int64 {
        try read { try $0.importsVersion() }
    }
}
