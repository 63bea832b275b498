/// What others have recorded since the last step: read from the ledger at once, and only what has changed.
public struct MonitorNews: Sendable {
    /// What was recorded of incidents.
    public struct Incidents: Sendable {
        /// Those of which something was.
        public var changed: [Incident]
        /// The number of the last one ever opened.
        public var lastNumber: Int64
        /// The number of the last event of any.
        public var version: Int64

        /// Those that have changed.
        public init(changed: [Incident], lastNumber: Int64, version: Int64) {
            self.changed = changed
            self.lastNumber = lastNumber
            self.version = version
        }
    }

    /// The services, with their paid time as it is known now, where they may be others.
    public var catalog: Catalog?
    /// What is asked whether the monitor sees, where that may be something else.
    public var references: [Reference]?
    /// What is said beyond what the agreement says, where that may be something else.
    public var announcing: AnnouncingRules?
    /// What is known of sight from before the start, where it has just begun.
    public var recollection: SightRecollection?
    /// What is recorded of the services that were not followed so far.
    public var history = MonitorHistory()
    /// What the samples of checks say that were to be read: those of services that were not followed so far, and
    /// those of ``MonitorState/checksToRead``.
    public var timelines: [CheckID: CheckTimeline] = [:]
    /// Since when the services are disrupted at ``timelinesFrom``, of which any check is among ``timelines``; those that
    /// are not are not there.
    public var disrupted: [String: Instant] = [:]
    /// From when on ``timelines`` say everything.
    public var timelinesFrom = Instant.distantPast
    /// By which mode the checks of services made up their state then, where that is another than at first.
    public var modes: [String: CheckMode] = [:]
    /// The samples of checks that were to be read from an instant on: see ``MonitorState/checksToRead``.
    public var again: [CheckID: [SamplesAgain]] = [:]
    /// Checks that imports have given samples, and that are not among ``timelines``, with the first of them.
    public var imported: [CheckID: Instant] = [:]
    /// All voids and downtimes that are recorded, where one was recorded or revoked.
    public var corrections: [Correction]?
    /// All ends of passes that are recorded, where one was.
    public var passEnds: [PassEnd]?
    /// All that are recorded, where one was recorded or revoked.
    public var exclusions: [Exclusion]?
    /// All that is recorded of maintenance, where anything was.
    public var maintenance: MaintenanceRecord?
    /// What was recorded of incidents, if anything.
    public var incidents: Incidents?

    /// Nothing new.
    public init() {}
}
