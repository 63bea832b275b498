/// The services that were announced as down, so that it is said, once, where one of them leaves the configuration: nobody
/// will see it up again.
struct WithdrawalWatch: Sendable, Equatable {
    /// What was said of a service that is down by it.
    private struct Down: Hashable, Sendable {
        let since: Instant
        /// Whose it was; nil where that was not said.
        let customer: AlertValue?
        /// Whether nobody knows its state since.
        var isUnmeasured = false

        init(_ alert: Alert) {
            since = alert["since"]?.instant ?? alert.at
            customer = alert["customer"]
        }
    }

    private var down: RevertibleDictionary<String, Down>
    /// Whether the services are others than when it was last looked.
    private var isDue = Revertible(false)

    /// A watch that goes on after `history`.
    init(_ history: MonitorHistory) {
        let latest = history.alerts(of: .serviceDown, .serviceUp, .serviceWithdrawn)
        let announced = Dictionary(latest.map { ($0.subject, $0) }, uniquingKeysWith: { _, last in last })
        down = RevertibleDictionary(announced.filter { $0.value.event == .serviceDown }.mapValues(Down.init))
        observe([], history.transitions)
        down.commit()
    }

    /// The services may be others from now on. Called between two steps.
    mutating func servicesChanged() { isDue = Revertible(true) }

    /// What is to be said at `now` of services that `catalog` no longer has; and what became of their state, where that
    /// is new: nobody knows.
    mutating func decide(_ catalog: Catalog, now: Instant) -> [(transition: Transition?, alert: Alert)] {
        guard isDue.current else { return [] }
        isDue.set(false)
        let gone = down.current.filter { catalog.service($0.key) == nil }
        return gone.sorted { $0.key < $1.key }.map { service, known in
            down[service] = nil
            let fields =
                [Alert.Field("service", service)] + (known.customer.map { [Alert.Field("customer", $0)] } ?? [])
                + [Alert.Field("since", .instant(now)), Alert.Field("down_since", .instant(known.since))]
            return (
                known.isUnmeasured ? nil : Transition(service: service, state: .unmeasured, since: now, at: now),
                Alert(event: .serviceWithdrawn, subject: service, at: now, fields: fields)
            )
        }
    }

    /// Takes note of what is said in a step, and of what became of services.
    mutating func observe(_ alerts: [Alert], _ transitions: [Transition]) {
        for alert in alerts {
            switch alert.event {
            case .serviceDown: down[alert.subject] = Down(alert)
            case .serviceUp where down.current[alert.subject] != nil: down[alert.subject] = nil
            default: break
            }
        }
        for transition in transitions {
            _ = down.update(transition.service) { $0.isUnmeasured = transition.state == .unmeasured }
        }
    }

    /// What has changed stays.
    mutating func commit() {
        down.commit()
        isDue.commit()
    }

    /// What was to be said at the last ``commit()`` is to be said again.
    mutating func revert() {
        down.revert()
        isDue.revert()
    }
}
