/// One service as the daemon follows it: samples in, decisions out. It performs nothing.
///
/// It keeps the same timelines that a report builds, so what it decides is what the report will say.
public struct ServiceWatch: Sendable {
    /// What the watch has decided; the caller makes it durable, then known.
    public enum Action: Hashable, Sendable {
        case transition(Transition)
        case alert(Alert)
    }

    /// What operators have been told, and must not be told again.
    public struct Told: Hashable, Sendable {
        /// Since when they believe the service down; nil where they believe it up.
        public var downSince: Instant?
        /// The last month whose availability they believe below the objective.
        public var belowIn: CivilMonth?

        /// Nothing.
        public init() {}

        /// What the latest alerts about the service said.
        ///
        /// - Parameter alerts: the latest `service_down` or `service_up` and the latest `availability_below` or
        ///   `availability_restored`, as far as there are any.
        public init(from alerts: [Alert]) {
            for alert in alerts {
                switch alert.event {
                case .serviceDown: downSince = alert["since"].flatMap { RFC3339.instant($0) } ?? alert.at
                case .availabilityBelow: belowIn = alert["month"].flatMap { CivilMonth($0) }
                default: break
                }
            }
        }
    }

    /// The service, as configured.
    public let service: Service
    private let agreement: Agreement
    private var timelines: [String: CheckTimeline]
    private var told: Told
    private var state: ServiceState?
    private var causes: [String: String] = [:]

    /// A watch without samples.
    ///
    /// - Parameter state: the state that is recorded already, so that a restart does not record it anew.
    public init(_ service: Service, under agreement: Agreement, told: Told = Told(), state: ServiceState? = nil) {
        self.service = service
        self.agreement = agreement
        self.told = told
        self.state = state
        timelines = Dictionary(
            service.checks.map { ($0.id, CheckTimeline(staleAfter: $0.staleAfter, confirm: $0.confirm)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The latest sample of a check.
    public func last(of check: String) -> Sample? { timelines[check]?.last }

    /// Whether `sample` can be fed as it comes: it is later than everything fed of its check.
    public func isInOrder(_ sample: Sample, of check: String) -> Bool {
        timelines[check]?.last.map { $0.at < sample.at } ?? true
    }

    /// Feeds a sample, later than every one of its check before it; one of a check that the service does not
    /// have is passed over.
    ///
    /// - Parameter cause: why it is not up, for the alert.
    public mutating func append(_ sample: Sample, of check: String, cause: String?) {
        timelines[check]?.append(sample)
        if sample.state == .down { causes[check] = cause }
    }

    /// Replaces what is known of a check, after samples came out of order.
    public mutating func replace(_ timeline: CheckTimeline, of check: String) {
        timelines[check] = timeline
    }

    /// Time as the service's checks saw it so far.
    public func timeline() -> ServiceTimeline {
        ServiceTimeline(mode: service.mode, checks: service.checks.map { timelines[$0.id]?.spans() ?? CheckSpans() })
    }

    /// Decides what is new at `now`.
    ///
    /// - Parameter exclusions: all that are recorded.
    public mutating func decide(now: Instant, exclusions: [Exclusion]) -> [Action] {
        let timeline = timeline()
        return changeOfState(timeline, now: now) + changeOfAvailability(timeline, now: now, exclusions: exclusions)
    }

    /// Forgets what no month from `instant` on needs.
    public mutating func forget(before instant: Instant) {
        for id in timelines.keys { timelines[id]?.forget(before: instant) }
    }

    // MARK: - The state

    private mutating func changeOfState(_ timeline: ServiceTimeline, now: Instant) -> [Action] {
        let (found, since) = timeline.state(at: now)
        // A failure that is not confirmed yet says nothing: the next sample decides.
        if found == .unmeasured, timelines.values.contains(where: { $0.isUndecided(at: now) }) { return [] }
        var actions: [Action] = []
        if found != state {
            state = found
            actions.append(
                .transition(Transition(service: service.id, state: found, since: since ?? now, at: now)))
        }
        switch found {
        case .down where told.downSince == nil:
            let since = since ?? now
            told.downSince = since
            actions.append(.alert(alert(.serviceDown, at: now, downFields(since: since, now: now))))
        case .up:
            guard let downSince = told.downSince else { break }
            told.downSince = nil
            actions.append(.alert(alert(.serviceUp, at: now, upFields(since: since ?? now, downSince: downSince))))
        default:
            break
        }
        return actions
    }

    private func downFields(since: Instant, now: Instant) -> [Alert.Field] {
        let failing = service.checks.filter { timelines[$0.id]?.last?.state == .down }.map(\.id)
        var fields = [Alert.Field("since", text(since))]
        if !failing.isEmpty { fields.append(Alert.Field("check", failing.joined(separator: ","))) }
        if let cause = failing.lazy.compactMap({ causes[$0] }).first { fields.append(Alert.Field("cause", cause)) }
        return fields
    }

    private func upFields(since: Instant, downSince: Instant) -> [Alert.Field] {
        [
            Alert.Field("since", text(since)), Alert.Field("down_since", text(downSince)),
            Alert.Field("down_s", DurationText.seconds(max(0, since - downSince))),
        ]
    }

    // MARK: - The availability

    private mutating func changeOfAvailability(
        _ timeline: ServiceTimeline, now: Instant, exclusions: [Exclusion]
    ) -> [Action] {
        // Without any downtime known there is nothing that could be below, and nothing to restore.
        let month = agreement.calendar.month(containing: now)
        guard told.belowIn == month || !timeline.down.isEmpty else { return [] }
        let statement = Statement(
            of: service, month: month, asOf: now, under: agreement, timeline: timeline, exclusions: exclusions)
        let wasBelow = told.belowIn == month
        switch statement.verdict {
        case .breached where !wasBelow:
            told.belowIn = month
            return [.alert(alert(.availabilityBelow, at: now, fields(of: statement)))]
        case .breached:
            return []
        case .met, .exempt, .notCommitted, .unmeasured:
            guard wasBelow else { return [] }
            told.belowIn = nil
            return [.alert(alert(.availabilityRestored, at: now, fields(of: statement)))]
        }
    }

    private func fields(of statement: Statement) -> [Alert.Field] {
        var fields = [
            Alert.Field("month", statement.month.description),
            Alert.Field("objective_percent", statement.objective.description),
        ]
        if let availability = statement.availability {
            fields.append(Alert.Field("availability_percent", availability.percentText))
        }
        fields.append(Alert.Field("down_s", DurationText.seconds(statement.partition.down.length)))
        if let certainty = statement.certainty { fields.append(Alert.Field("certainty", certainty.rawValue)) }
        return fields
    }

    // MARK: - Wording

    private func alert(_ event: AlertEvent, at now: Instant, _ fields: [Alert.Field]) -> Alert {
        Alert(
            event: event, subject: service.id, at: now,
            fields: [Alert.Field("service", service.id), Alert.Field("customer", service.customer)] + fields)
    }

    private func text(_ instant: Instant) -> String {
        RFC3339.text(instant, in: agreement.calendar.zone)
    }
}
