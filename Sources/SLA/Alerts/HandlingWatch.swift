/// Warns of deadlines: that one is near, and that it has passed, each once.
///
/// A deadline that has moved, as the incident waited for the customer, is another one: it is warned of again. An
/// incident is evaluated when its alerts may change, not at every turn. What was announced by a clock that was wrong
/// and is set back counts as not announced.
struct HandlingWatch: Sendable, Equatable {
    /// A deadline that was announced.
    private struct Announced: Hashable, Sendable {
        let deadline: Instant
        /// When, by the wall clock.
        let at: Instant
    }

    /// The deadline that was announced last, by incident.
    private var due: RevertibleDictionary<String, Announced>
    private var overdue: RevertibleDictionary<String, Announced>
    /// When each open incident is to be evaluated next, by its number.
    private var evaluations = RevertibleHeap<Int64, Instant>()
    private var handling = Revertible<HandlingDeadline?>(nil)

    /// A watch that resumes after `alerts`: the latest `handling_due` and the latest `handling_overdue` of each
    /// incident.
    init(resuming alerts: [Alert]) {
        func deadlines(_ event: AlertEvent) -> [String: Announced] {
            let pairs = alerts.filter { $0.event == event }.compactMap { alert in
                alert["deadline"]?.instant.map { (alert.subject, Announced(deadline: $0, at: alert.at)) }
            }
            return Dictionary(pairs, uniquingKeysWith: { _, last in last })
        }
        due = RevertibleDictionary(deadlines(.handlingDue))
        overdue = RevertibleDictionary(deadlines(.handlingOverdue))
    }

    /// The open incidents are those numbered `numbers` from now on.
    mutating func replace(_ numbers: some Sequence<Int64>) {
        evaluations = RevertibleHeap()
        for number in numbers { reevaluate(number) }
        commit()
    }

    /// Something has happened to the incident numbered `number`.
    mutating func reevaluate(_ number: Int64) { evaluations.set(number, to: .distantPast) }

    /// The wall clock was set back: what was announced since may have to be announced again. Called between two steps.
    mutating func clockSetBack(_ numbers: some Sequence<Int64>) {
        for number in numbers { reevaluate(number) }
        commit()
    }

    /// The alerts that are new at `now` about incidents that are open, in their order.
    mutating func decide(_ open: OpenIncidents, under agreement: Agreement, now: Instant) -> [Alert] {
        if agreement.handling != handling.current {
            handling.set(agreement.handling)
            for number in open.numbers { reevaluate(number) }
        }
        return evaluations.takeAll(through: now).sorted().compactMap { number in
            guard let incident = open[number] else { return nil }
            let clock = HandlingClock(of: incident, under: agreement)
            guard !incident.isWaiting, let deadline = clock.deadline else { return nil }
            forgetWhatIsToCome(of: incident.id, now)
            let isInTime = clock.isInTime(at: now)
            let alert =
                isInTime
                ? due(incident, clock, deadline, agreement, now) : over(incident, clock, deadline, agreement, now)
            // What is handled at the deadline is handled in time.
            if isInTime { evaluations.set(number, to: clock.dueAt.flatMap { now < $0 ? $0 : nil } ?? deadline + 1) }
            return alert
        }
    }

    /// What has changed stays.
    mutating func commit() {
        due.commit()
        overdue.commit()
        evaluations.commit()
        handling.commit()
    }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() {
        due.revert()
        overdue.revert()
        evaluations.revert()
        handling.revert()
    }

    private mutating func forgetWhatIsToCome(of incident: String, _ now: Instant) {
        if due.current[incident]?.at.isToCome(at: now) ?? false { due[incident] = nil }
        if overdue.current[incident]?.at.isToCome(at: now) ?? false { overdue[incident] = nil }
    }

    /// The warning that the deadline is near, where it is, and nothing of it was announced: the clock may have been set
    /// back a little after it had passed.
    private mutating func due(
        _ incident: Incident, _ clock: HandlingClock, _ deadline: Instant, _ agreement: Agreement, _ now: Instant
    ) -> Alert? {
        guard let dueAt = clock.dueAt, now >= dueAt, due.current[incident.id]?.deadline != deadline,
            overdue.current[incident.id]?.deadline != deadline
        else { return nil }
        due[incident.id] = Announced(deadline: deadline, at: now)
        return alert(.handlingDue, incident, clock, deadline, under: agreement, now: now)
    }

    /// The alert that the deadline has passed, unless that was announced.
    private mutating func over(
        _ incident: Incident, _ clock: HandlingClock, _ deadline: Instant, _ agreement: Agreement, _ now: Instant
    ) -> Alert? {
        guard overdue.current[incident.id]?.deadline != deadline else { return nil }
        overdue[incident.id] = Announced(deadline: deadline, at: now)
        return alert(.handlingOverdue, incident, clock, deadline, under: agreement, now: now)
    }

    private func alert(
        _ event: AlertEvent, _ incident: Incident, _ clock: HandlingClock, _ deadline: Instant,
        under agreement: Agreement, now: Instant
    ) -> Alert {
        let remaining = clock.remaining(at: now)
        var fields = [Alert.Field("incident", incident.id)]
        fields += incident.alertFields
        fields += [
            Alert.Field("opened_at", .instant(incident.openedAt)),
            Alert.Field("deadline", .instant(deadline)),
            Alert.Field("allowed_s", .seconds(clock.allowed)),
            Alert.Field(event == .handlingDue ? "remaining_s" : "over_s", .seconds(abs(remaining))),
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
            Alert.Field("service_count", .number(Int64(services.count))),
        ]
        if let classification { fields.append(Alert.Field("classification", classification.rawValue)) }
        if let clauses { fields.append(Alert.Field("clause", clauses)) }
        return fields
    }
}
