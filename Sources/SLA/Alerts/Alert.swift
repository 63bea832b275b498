/// What alerts are about, by the name it has in syslog.
public enum AlertEvent: String, CaseIterable, Hashable, Sendable {
    case serviceDown = "service_down"
    case serviceUp = "service_up"
    case serviceWithdrawn = "service_withdrawn"
    case flapping
    case checkDown = "check_down"
    case checkUp = "check_up"
    case availabilityBelow = "availability_below"
    case availabilityRestored = "availability_restored"
    case budgetConsumed = "budget_consumed"
    case budgetBurning = "budget_burning"
    case commitmentLost = "commitment_lost"
    case handlingDue = "handling_due"
    case handlingOverdue = "handling_overdue"
    case certificateExpiring = "certificate_expiring"
    case measurementLost = "measurement_lost"
    case measurementRestored = "measurement_restored"
    case maintenanceBegins = "maintenance_begins"
    case maintenanceEnds = "maintenance_ends"
    case sharedFailure = "shared_failure"
    case exclusionNotAdmitted = "exclusion_not_admitted"

    /// How grave it is.
    public var severity: AlertSeverity {
        switch self {
        case .commitmentLost: .critical
        case .availabilityBelow, .handlingOverdue, .measurementLost: .error
        case .serviceDown, .checkDown, .budgetConsumed, .budgetBurning, .handlingDue, .certificateExpiring,
            .exclusionNotAdmitted,
            .sharedFailure:
            .warning
        case .serviceUp, .checkUp, .serviceWithdrawn, .flapping, .availabilityRestored, .measurementRestored:
            .notice
        case .maintenanceBegins, .maintenanceEnds: .informational
        }
    }
}

/// The severities of RFC 5424 that alerts use, by their numbers.
public enum AlertSeverity: Int, Hashable, Sendable {
    case critical = 2
    case error = 3
    case warning = 4
    case notice = 5
    case informational = 6
}

/// Something that is announced to operators once.
public struct Alert: Hashable, Sendable {
    /// What happened.
    public var event: AlertEvent
    /// What it happened to: a service's, a check's, an exclusion's or an incident's identifier; empty where it is the monitor itself.
    public var subject: String
    /// When it was decided.
    public var at: Instant
    /// The details, in the order in which it is written.
    public var fields: [Field]

    /// A key and its value.
    public struct Field: Hashable, Sendable {
        /// A name in `snake_case`, its unit last.
        public var key: String
        /// What it says.
        public var value: AlertValue

        /// `key=value`.
        public init(_ key: String, _ value: AlertValue) {
            self.key = key
            self.value = value
        }

        /// `key=text`, with an identifier or a figure as it is always written.
        public init(_ key: String, _ text: String) {
            self.init(key, .text(text))
        }
    }

    /// An alert.
    public init(event: AlertEvent, subject: String, at: Instant, fields: [Field]) {
        self.event = event
        self.subject = subject
        self.at = at
        self.fields = fields
    }

    /// The value of the first field called `key`, if there is one.
    public subscript(_ key: String) -> AlertValue? {
        fields.first { $0.key == key }?.value
    }
}

extension Instant {
    /// How far an instant at which something was said must be ahead to be one of a clock that was wrong, in ms: less is
    /// a clock that is put right, and what was said stays said.
    static let leastToCome: Milliseconds = 60_000

    /// Whether it is still to come at `now`, and by so much that who saw it saw a clock that was wrong and is set back.
    ///
    /// - Parameter least: by how much, in ms.
    func isToCome(at now: Instant, by least: Milliseconds = leastToCome) -> Bool { self - now >= least }

    /// The same of what was said of a month: that is of samples, and as true after a clock is set back by less than a
    /// day; by more, it may have been of another month.
    func isOfMonthToCome(at now: Instant) -> Bool { isToCome(at: now, by: ClockTrust.leastFar) }
}
