/// Something that went wrong and is to be handled: what its events come to (clauses W1–W3, M1–M3).
public struct Incident: Hashable, Sendable {
    /// Its number, from 1.
    public let number: Int64
    /// Its history, in the order in which it was recorded; the first is the opening.
    public private(set) var events: [IncidentEvent]
    /// When it opened: an outage's first failed sample in paid time, or what the person said.
    public let openedAt: Instant
    /// What opened it.
    public let origin: IncidentEvent.Origin
    /// What is wrong, in words.
    public let cause: Cause
    /// The services it concerns, each once, in the order in which they came in.
    public private(set) var services: [AffectedService]
    /// Its class; nil until somebody says so.
    public private(set) var classification: IncidentClass?
    /// The first step of a person; nil until then.
    public private(set) var acknowledgedAt: Instant?
    /// Since when all its services are up again; nil where one is not, or none was ever down.
    public private(set) var recoveredAt: Instant?
    /// The times in which it waited for the customer, in order; the last has no end while it waits.
    public private(set) var stops: [Stop]
    /// How it ended; nil while it is open.
    public private(set) var outcome: IncidentOutcome?
    /// When it ended; nil while it is open.
    public private(set) var endedAt: Instant?

    /// A time in which an incident waited for the customer's data.
    public struct Stop: Hashable, Sendable {
        /// When the clock stopped.
        public var start: Instant
        /// When it went on, or the incident ended; nil while it stands.
        public var end: Instant?
        /// The data that were missing.
        public var reason: String
    }

    private var lastStep: IncidentEvent
    /// Where in ``services`` each is.
    private var positions: [String: Int] = [:]

    /// The incident that `opening` begins.
    ///
    /// - Throws: ``IncidentRefusal/notOpened``, ``IncidentRefusal/noServices``, ``IncidentRefusal/inFuture``,
    ///   ``IncidentRefusal/needsText(expected:)``.
    public init(number: Int64, opening: IncidentEvent) throws(IncidentRefusal) {
        guard case .opened(let origin, let cause, let services) = opening.change else { throw .notOpened }
        guard opening.at <= opening.recordedAt else { throw .inFuture }
        try Self.requireText(of: opening.change)
        self.number = number
        (self.origin, self.cause) = (origin, cause)
        openedAt = opening.at
        events = [opening]
        self.services = []
        stops = []
        lastStep = opening
        for service in services { add(service) }
        if self.services.isEmpty { throw .noServices }
    }

    /// The incident that `history` tells, in the order in which it was recorded.
    ///
    /// - Throws: ``IncidentRefusal`` of the first event that cannot be.
    public init(number: Int64, history: some Sequence<IncidentEvent>) throws(IncidentRefusal) {
        var opened: Incident?
        for event in history {
            if opened == nil {
                opened = try Incident(number: number, opening: event)
            } else {
                try opened?.append(event)
            }
        }
        guard let opened else { throw .notOpened }
        self = opened
    }

    /// What is known of the service called `id`; nil where the incident does not concern it.
    func service(_ id: String) -> AffectedService? { positions[id].map { services[$0] } }

    /// As it is called: `I7`.
    public var id: String { "I\(number)" }

    /// Whether nobody has ended it yet.
    public var isOpen: Bool { outcome == nil }

    /// Whether it waits for the customer's data now.
    public var isWaiting: Bool { isOpen && stops.last.map { $0.end == nil } ?? false }

    /// The clauses that it rests on, or nil where it is not classified.
    public var clauses: String? {
        classification.map { $0.clauses + (outcome == .irrecoverable ? ", M3" : "") }
    }

    /// The outages of services that are part of it, each with when that was recorded.
    var outages: [(service: String, recordedAt: Instant)] {
        events.flatMap { event in
            let services: [AffectedService] =
                switch event.change {
                case .opened(_, _, let services): services
                case .serviceDown(let service): [service]
                default: []
                }
            return services.filter { $0.downSince != nil }.map { ($0.service, event.recordedAt) }
        }
    }

    /// Appends what happened next.
    ///
    /// - Throws: ``IncidentRefusal``; the incident is then as it was.
    public mutating func append(_ event: IncidentEvent) throws(IncidentRefusal) {
        try requirePossible(event)
        switch event.change {
        case .opened: throw .openedTwice
        case .serviceDown(let service):
            add(service)
            recoveredAt = nil
        case .recovered: recoveredAt = event.at
        case .classified(let classification, _): self.classification = classification
        case .acknowledged: acknowledgedAt = event.at
        case .waiting(let reason): stops.append(Stop(start: event.at, end: nil, reason: reason))
        case .resumed: endStop(at: event.at)
        case .resolved: end(.resolved, at: event.at)
        case .irrecoverable: end(.irrecoverable, at: event.at)
        case .noted: break
        }
        events.append(event)
        if event.change.isStep { lastStep = event }
    }

    private func requirePossible(_ event: IncidentEvent) throws(IncidentRefusal) {
        try Self.requireText(of: event.change)
        guard event.at <= event.recordedAt else { throw .inFuture }
        switch event.change {
        case .classified, .noted:
            // A judgement may come, or change, when all is over: the bill is written then.
            break
        default:
            if let outcome, let endedAt { throw .ended(outcome, at: endedAt, by: lastStep.by) }
        }
        switch event.change {
        case .acknowledged:
            if let acknowledgedAt { throw .acknowledgedTwice(at: acknowledgedAt, by: acknowledgedBy) }
        case .waiting:
            if isWaiting, let stop = stops.last { throw .alreadyWaiting(since: stop.start) }
        case .resumed:
            if !isWaiting { throw .notWaiting }
        default: break
        }
        switch event.change {
        case .serviceDown, .recovered:
            // What the monitor saw may lie before the opening: what one fault strikes fails within moments.
            break
        case .classified, .noted:
            guard event.at >= openedAt else { throw .beforeOpening(openedAt: openedAt) }
        default:
            guard event.at >= lastStep.at else { throw .beforePrevious(previous: lastStep.at) }
        }
    }

    private static func requireText(of change: IncidentEvent.Change) throws(IncidentRefusal) {
        if let (found, expected) = change.requiredText, found.allSatisfy(\.isWhitespace) {
            throw .needsText(expected: expected)
        }
    }

    private var acknowledgedBy: String {
        events.last { $0.change == .acknowledged }?.by ?? ""
    }

    private mutating func add(_ service: AffectedService) {
        guard let index = positions[service.service] else {
            positions[service.service] = services.count
            services.append(service)
            return
        }
        // A person named it before the monitor saw its outage.
        if services[index].downSince == nil { services[index] = service }
    }

    private mutating func endStop(at instant: Instant) {
        if isWaiting { stops[stops.count - 1].end = instant }
    }

    private mutating func end(_ outcome: IncidentOutcome, at instant: Instant) {
        endStop(at: instant)
        self.outcome = outcome
        endedAt = instant
    }
}
