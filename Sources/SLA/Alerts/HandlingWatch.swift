/// Warns of deadlines: that one is near, and that it has passed, each once.
///
/// A deadline that has moved, as the incident waited for the customer, is another one: it is warned of again. An
/// incident is evaluated when its alerts may change, not at every turn.
struct HandlingWatch: Sendable {
    /// The deadline that was announced last, by incident.
    private var due: [String: Instant]
    private var overdue: [String: Instant]
    /// When each incident is to be evaluated next, by its position among those that are open.
    private var evaluations = KeyedHeap<Int, Instant>()
    private var handling: HandlingDeadline?

    /// A watch that resumes after `alerts`: the latest `handling_due` and the latest `handling_overdue` of each
    /// incident.
    init(resuming alerts: [Alert]) {
        func deadlines(_ event: AlertEvent) -> [String: Instant] {
            let pairs = alerts.filter { $0.event == event }.compactMap { alert in
                alert["deadline"].flatMap { RFC3339.instant($0) }.map { (alert.subject, $0) }
            }
            return Dictionary(pairs, uniquingKeysWith: { _, last in last })
        }
        due = deadlines(.handlingDue)
        overdue = deadlines(.handlingOverdue)
    }

    /// The open incidents are `incidents` from now on.
    mutating func replace(_ incidents: [Incident]) {
        evaluations = KeyedHeap()
        for position in incidents.indices { reevaluate(position) }
    }

    /// Something has happened to the incident at `position`.
    mutating func reevaluate(_ position: Int) { evaluations.set(position, to: .distantPast) }

    /// The alerts that are new at `now` about `incidents`, which are open, in their order.
    mutating func decide(_ incidents: [Incident], under agreement: Agreement, now: Instant) -> [Alert] {
        if agreement.handling != handling {
            handling = agreement.handling
            replace(incidents)
        }
        var positions: [Int] = []
        while let first = evaluations.first, first.priority <= now {
            evaluations.remove(first.key)
            positions.append(first.key)
        }
        return positions.sorted().compactMap { position in
            let incident = incidents[position]
            let clock = HandlingClock(of: incident, under: agreement)
            guard !incident.isWaiting, let deadline = clock.deadline else { return nil }
            let isInTime = clock.isInTime(at: now)
            let alert =
                isInTime
                ? due(incident, clock, deadline, agreement, now) : over(incident, clock, deadline, agreement, now)
            // What is handled at the deadline is handled in time.
            if isInTime { evaluations.set(position, to: clock.dueAt.flatMap { now < $0 ? $0 : nil } ?? deadline + 1) }
            return alert
        }
    }

    /// The warning that the deadline is near, where it is, and that was not announced.
    private mutating func due(
        _ incident: Incident, _ clock: HandlingClock, _ deadline: Instant, _ agreement: Agreement, _ now: Instant
    ) -> Alert? {
        guard let dueAt = clock.dueAt, now >= dueAt, due[incident.id] != deadline else { return nil }
        due[incident.id] = deadline
        return alert(.handlingDue, incident, clock, deadline, under: agreement, now: now)
    }

    /// The alert that the deadline has passed, unless that was announced.
    private mutating func over(
        _ incident: Incident, _ clock: HandlingClock, _ deadline: Instant, _ agreement: Agreement, _ now: Instant
    ) -> Alert? {
        guard overdue[incident.id] != deadline else { return nil }
        overdue[incident.id] = deadline
        return alert(.handlingOverdue, incident, clock, deadline, under: agreement, now: now)
    }

    private func alert(
        _ event: AlertEvent, _ incident: Incident, _ clock: HandlingClock, _ deadline: Instant,
        under agreement: Agreement, now: Instant
    ) -> Alert {
        let zone = agreement.calendar.zone
        let remaining = clock.remaining(at: now)
        var fields = [Alert.Field("incident", incident.id)]
        fields += incident.alertFields
        fields += [
            Alert.Field("opened_at", RFC3339.text(incident.openedAt, in: zone)),
            Alert.Field("deadline", RFC3339.text(deadline, in: zone)),
            Alert.Field("allowed_s", DurationText.seconds(clock.allowed)),
            Alert.Field(event == .handlingDue ? "remaining_s" : "over_s", DurationText.seconds(abs(remaining))),
            Alert.Field("acknowledged", incident.acknowledgedAt == nil ? "no" : "yes"),
        ]
        return Alert(event: event, subject: incident.id, at: now, fields: fields)
    }
}

extension Incident {
    /// How many services a line names before it only counts them.
    private static let namedServices = 10

    /// What it is about, for a line in syslog.
    fileprivate var alertFields: [Alert.Field] {
        var fields = [
            Alert.Field("services", services.prefix(Self.namedServices).map(\.service).joined(separator: ",")),
            Alert.Field("service_count", "\(services.count)"),
        ]
        if let classification { fields.append(Alert.Field("classification", classification.rawValue)) }
        if let clauses { fields.append(Alert.Field("clause", clauses)) }
        return fields
    }
}
