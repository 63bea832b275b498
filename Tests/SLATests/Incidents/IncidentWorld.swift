import SLAOracle

@testable import SLA

/// A daemon in the small: what it decides is recorded and read back, as after each turn. 2026-10-05 is a Monday; times
/// are in minutes of it, UTC.
struct IncidentWorld {
    private static let monday: Int64 = 1_791_158_400_000

    static func at(_ minute: Int64) -> Instant { t(monday + minute * 60_000) }

    private static func service(
        _ id: String, groups: Set<String> = [], paid: IntervalSet = IntervalSet(Interval(.distantPast, .distantFuture)),
        interval: Milliseconds = 60_000
    ) -> Service {
        Service(
            id: id, customer: "\(id.prefix(1))-corp", groups: groups, paid: paid,
            checks: [
                Check(
                    interval: interval, probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
            ])
    }

    static let catalog = Catalog(
        agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [],
        services: [
            service("a", groups: ["rack"]), service("b", groups: ["rack", "hall"]), service("c", groups: ["hall"]),
            service("d"), service("e"), service("s", groups: ["rack"], interval: 1_200_000),
            service("u", paid: IntervalSet(Interval(at(100), at(200)))),
        ])

    var watch = IncidentWatch(transitions: [], incidents: [], alerts: [])
    var exclusions: [Exclusion] = []
    var histories: [Int64: [IncidentEvent]] = [:]
    var alerts: [Alert] = []

    mutating func see(_ service: String, _ state: ServiceState, at minute: Int64, address: String? = nil) {
        let sample = Sample(at: Self.at(minute), state: state == .up ? .up : .down)
        watch.observe([
            Observation(
                check: CheckID(service: service, check: "default"), sample: sample, address: address,
                cause: state == .up ? nil : .text("refused"))
        ])
        decide(
            [Transition(service: service, state: state, since: Self.at(minute), at: Self.at(minute + 1))], minute + 1)
    }

    mutating func decide(_ transitions: [Transition], _ minute: Int64) {
        for action in watch.decide(
            transitions, catalog: Self.catalog, exclusions: ExclusionIndex(exclusions), now: Self.at(minute))
        {
            switch action {
            case .alert(let alert): alerts.append(alert)
            case .share: break
            case .record(let number, let event): histories[number, default: []].append(event)
            }
        }
        refresh()
    }

    mutating func say(_ number: Int64, _ change: IncidentEvent.Change, at minute: Int64) {
        histories[number, default: []].append(
            IncidentEvent(at: Self.at(minute), recordedAt: Self.at(minute), by: "lan", change))
        refresh()
    }

    mutating func refresh() {
        watch.replace(open: incidents.filter(\.isOpen), lastNumber: histories.keys.max() ?? 0)
    }

    /// What the ledger would read back; an impossible history would leave one out.
    var incidents: [Incident] {
        histories.sorted { $0.key < $1.key }.compactMap { try? Incident(number: $0.key, history: $0.value) }
    }

    /// `I1 a b, I2 c`.
    var shown: String {
        incidents.map { ([$0.id] + $0.services.map(\.service)).joined(separator: " ") }.joined(separator: ", ")
    }

    var said: [String] { alerts.map { "\($0.event.rawValue) \($0.subject)" } }
}
