/// The lines that are said of services that fell together: of each event and each incident one, when nothing more comes.
///
/// It is made of what is in the outbox and nobody has said: a restart gathers it again, and loses nothing. What it holds
/// is what came in within a minute.
public struct SharedLines: Sendable {
    /// How long nothing more must have come until the line is said, and how long it may wait at the most, in ms.
    private static let calm: Milliseconds = 5000
    private static let longest: Milliseconds = 60_000
    /// How many services are named.
    private static let mostNames = 5

    /// A line to be said.
    public struct Line: Hashable, Sendable {
        /// What it says.
        public let alert: Alert
        /// Its number, that of the first alert that it says: a repetition has the same.
        public let number: Int64
        /// The numbers of the alerts that it says, the lowest first.
        public let alerts: [Int64]
    }

    private struct Key: Hashable, Sendable {
        let event: AlertEvent
        let incident: AlertValue
    }

    private struct Gathering: Sendable {
        let first: Alert
        let began: MonotonicInstant
        var last: MonotonicInstant
        var services: Set<String> = []
        var numbers: [Int64] = []

        mutating func take(_ alert: Alert, _ number: Int64, _ now: MonotonicInstant) {
            last = now
            services.insert(alert.subject)
            numbers.append(number)
        }
    }

    private var gatherings: [Key: Gathering] = [:]

    /// Nothing waits.
    public init() {}

    /// Whether nothing waits.
    public var isEmpty: Bool { gatherings.isEmpty }

    /// Takes in `alert`, which has ``Alert/sharedFailure`` and is numbered `number`, higher than all before it, at `now`.
    public mutating func add(_ alert: Alert, number: Int64, now: MonotonicInstant) {
        guard let incident = alert.sharedFailure else { return }
        let key = Key(event: alert.event, incident: incident)
        gatherings[key, default: Gathering(first: alert, began: now, last: now)].take(alert, number, now)
    }

    /// The lines that are due at `now`, each to be taken out with ``remove(_:)`` when it is said; that which began first
    /// is the first.
    public func due(at now: MonotonicInstant) -> [Line] {
        gatherings.filter { now - $0.value.last >= Self.calm || now - $0.value.began >= Self.longest }
            .map { Self.line($0.key, $0.value) }.sorted { $0.number < $1.number }
    }

    /// `line` is said.
    public mutating func remove(_ line: Line) {
        for (key, gathering) in gatherings where gathering.numbers.first == line.number { gatherings[key] = nil }
    }

    private static func line(_ key: Key, _ gathering: Gathering) -> Line {
        var alert = gathering.first
        let services = gathering.services
        if gathering.numbers.count > 1 {
            alert.subject = ""
            alert.fields = [Alert.Field("services", .number(Int64(services.count)))]
            if services.count <= mostNames {
                alert.fields.append(Alert.Field("service", services.sorted().joined(separator: ",")))
            }
            alert.fields.append(Alert.Field("incident", key.incident))
        } else {
            alert.fields.removeAll { $0.key == Alert.sharedFailureKey }
        }
        return Line(alert: alert, number: gathering.numbers[0], alerts: gathering.numbers)
    }
}
