/// What the ledger says of the past, as far as the monitor needs it to go on where it is.
public struct MonitorHistory: Sendable {
    /// The events of which the monitor needs the latest alert for each subject: of each group one.
    public static let latches: [[AlertEvent]] =
        ServiceAlertLatch.latches + UncountedCheck.latches + [
            [.measurementLost, .measurementRestored], [.maintenanceBegins, .maintenanceEnds], [.exclusionNotAdmitted],
            [.handlingDue], [.handlingOverdue], [.sharedFailure],
        ]
    /// The events of which it needs every alert of the running month.
    public static let ofTheMonth = BudgetAlertLatch.events

    /// The alerts of ``latches`` and ``ofTheMonth``, each group in the order in which they were decided.
    public var alerts: [Alert]
    /// The latest transition of each service.
    public var transitions: [Transition]
    /// Every incident, the ended ones too.
    public var incidents: [Incident]
    /// The number of the last event of any incident.
    public var incidentsVersion: Int64
    /// The pass of the wall clock that is recorded as the monitor's.
    public var pass: Pass
    /// Whether that clock was doubted when the monitor was last there.
    public var isClockDoubted: Bool

    /// What the monitor was blind for when it was last there: the voids of its own that have no end.
    public var blind: [Blindness]

    /// What is recorded; of nothing, nothing.
    public init(
        alerts: [Alert] = [], transitions: [Transition] = [], incidents: [Incident] = [], incidentsVersion: Int64 = 0,
        pass: Pass = 0, isClockDoubted: Bool = false, blind: [Blindness] = []
    ) {
        self.alerts = alerts
        self.transitions = transitions
        self.incidents = incidents
        self.incidentsVersion = incidentsVersion
        self.pass = pass
        self.isClockDoubted = isClockDoubted
        self.blind = blind
    }

    /// The alerts of `events`, in order.
    func alerts(of events: AlertEvent...) -> [Alert] { alerts.filter { events.contains($0.event) } }
}
