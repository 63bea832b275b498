import SLAOracle
import Testing

@testable import SLA

/// The history of an incident against a dumb reading of the same rules: every sequence of up to five events.
@Suite struct IncidentTests {
    private static let opening = IncidentEvent(
        at: t(100), recordedAt: t(100), by: "lan",
        .opened(.hand, cause: .text("wrong totals"), services: [AffectedService(service: "web", customer: "acme")]))

    private static let changes: [IncidentEvent.Change] = [
        .acknowledged, .waiting(reason: "the log"), .resumed, .resolved(note: ""), .irrecoverable(advice: "restore"),
        .classified(.outOfScope, reason: "guide not followed"), .noted("seen"), .recovered,
        .serviceDown(AffectedService(service: "api", customer: "beta", downSince: t(90))), opening.change,
    ]

    /// Whether `next` may follow `before`, by looking through the whole list each time.
    private static func isAllowed(_ next: String, after names: [String]) -> Bool {
        let hasEnded = names.contains("resolved") || names.contains("irrecoverable")
        let waits = names.filter { $0 == "waiting" }.count > names.filter { $0 == "resumed" }.count
        switch next {
        case "opened": return false
        case "classified", "noted": return true
        case "acknowledged": return !hasEnded && !names.contains("acknowledged")
        case "waiting": return !hasEnded && !waits
        case "resumed": return !hasEnded && waits
        default: return !hasEnded
        }
    }

    private static func name(_ change: IncidentEvent.Change) -> String {
        let text = "\(change)"
        return String(text.prefix { $0 != "(" })
    }

    @Test func everySequenceOfFiveEventsIsTakenOrRefusedAsTheRulesSay() throws {
        var tried = 0
        let changes = Self.changes.map { (name: Self.name($0), change: $0) }
        var queue: [(incident: Incident, before: [String])] = [(try Incident(number: 1, opening: Self.opening), [])]
        while let (incident, before) = queue.popLast() {
            for (name, change) in changes {
                tried += 1
                let at = t(101 + Int64(before.count))
                var next = incident
                let isTaken =
                    (try? next.append(IncidentEvent(at: at, recordedAt: at, by: "lan", change))) != nil
                guard isTaken == Self.isAllowed(name, after: before), isTaken || next == incident else {
                    Issue.record("\(before) then \(name): taken \(isTaken), came to \(next)")
                    return
                }
                guard isTaken else { continue }
                let names = before + [name]
                let isOver = names.contains("resolved") || names.contains("irrecoverable")
                guard next.isOpen == !isOver, next.events.count == names.count + 1,
                    next.stops.count == names.filter({ $0 == "waiting" }).count,
                    (next.acknowledgedAt == nil) == !names.contains("acknowledged"),
                    next.stops.allSatisfy({ !isOver || $0.end != nil })
                else {
                    Issue.record("\(names) came to \(next)")
                    return
                }
                if before.count < 4 { queue.append((next, names)) }
            }
        }
        #expect(tried > 10_000)
    }

    /// Steps in order of time; what is judged or said not before the opening; what the monitor saw whenever.
    @Test(arguments: changes.dropLast())
    func eachEventIsHeldAgainstWhatCameBefore(_ change: IncidentEvent.Change) throws {
        var waiting = try Incident(number: 1, opening: Self.opening)
        try waiting.append(IncidentEvent(at: t(105), recordedAt: t(110), by: "lan", .waiting(reason: "the log")))
        if Self.name(change) == "waiting" {
            try waiting.append(IncidentEvent(at: t(105), recordedAt: t(110), by: "lan", .resumed))
        }
        for at in [99, 100, 104, 105, 106, 120, 121] as [Int64] {
            var next = waiting
            let event = IncidentEvent(at: t(at), recordedAt: t(120), by: "lan", change)
            var refusal: IncidentRefusal?
            do { try next.append(event) } catch { refusal = error }
            let expected: IncidentRefusal? =
                if at > 120 {
                    .inFuture
                } else if change.isStep {
                    at < 105 ? .beforePrevious(previous: t(105)) : nil
                } else if ["classified", "noted"].contains(Self.name(change)) {
                    at < 100 ? .beforeOpening(openedAt: t(100)) : nil
                } else {
                    nil
                }
            #expect(refusal == expected, "\(Self.name(change)) at \(at)")
        }
    }

    @Test(arguments: [
        IncidentEvent.Change.waiting(reason: " "), .irrecoverable(advice: "\n"), .noted(""),
        .classified(.outOfScope, reason: ""),
    ])
    func whatNeedsWordsIsRefusedWithoutThem(_ change: IncidentEvent.Change) throws {
        var incident = try Incident(number: 1, opening: Self.opening)
        let expected = try #require(change.requiredText).expected
        #expect(throws: IncidentRefusal.needsText(expected: expected)) {
            try incident.append(IncidentEvent(at: t(101), recordedAt: t(101), by: "lan", change))
        }
        #expect(throws: IncidentRefusal.noServices) {
            try Incident(
                number: 1,
                opening: IncidentEvent(
                    at: t(1), recordedAt: t(1), by: "lan", .opened(.hand, cause: .text("x"), services: [])))
        }
        #expect(throws: IncidentRefusal.notOpened) { try Incident(number: 1, history: []) }
        #expect(throws: IncidentRefusal.notOpened) {
            try Incident(
                number: 1, opening: IncidentEvent(at: t(1), recordedAt: t(1), by: "lan", .acknowledged))
        }
    }

    @Test func theLatestClassSaysWhoPaysAndTheOutcomeAddsItsClause() throws {
        var incident = try Incident(number: 7, opening: Self.opening)
        #expect(incident.clauses == nil)
        func say(_ change: IncidentEvent.Change, _ at: Int64) throws {
            try incident.append(IncidentEvent(at: t(at), recordedAt: t(at), by: "lan", change))
        }
        try say(.classified(.outOfScope, reason: "tampered"), 101)
        #expect(incident.classification?.isChargeable == true)
        #expect(incident.clauses == "W2, W3")
        try say(.irrecoverable(advice: "restore the copy"), 102)
        try say(.classified(.warranty, reason: "the seal was whole"), 103)
        #expect(incident.classification?.isChargeable == false)
        #expect(incident.clauses == "W1, M3")
        #expect(incident.events.count == 4)
    }

    @Test func oneCustomerSeesNothingOfAnother() throws {
        let incident = try Incident(
            number: 1,
            opening: IncidentEvent(
                at: t(1), recordedAt: t(1), by: "availd",
                .opened(
                    .outage, cause: .text("beta-db: disk full"),
                    services: [
                        AffectedService(
                            service: "beta-db", customer: "beta", downSince: t(1), cause: .text("disk full")),
                        AffectedService(service: "web", customer: "acme", downSince: t(1), cause: .text("status 503")),
                    ])))
        #expect(incident.services(of: "acme").map(\.service) == ["web"])
        #expect(incident.cause(for: "acme") == .text("status 503"))
        #expect(incident.cause(for: nil) == .text("beta-db: disk full"))
        #expect(incident.services(of: "other").isEmpty)
    }

    /// [100, 200): opened before, in, after; open, ended before, at the start, in, after.
    @Test func aMonthHasWhatOpenedOrWasOpenInIt() throws {
        func incident(_ openedAt: Int64, _ endedAt: Int64?) throws -> Incident {
            var opening = Self.opening
            (opening.at, opening.recordedAt) = (t(openedAt), t(openedAt))
            var incident = try Incident(number: 1, opening: opening)
            if let endedAt {
                try incident.append(
                    IncidentEvent(at: t(endedAt), recordedAt: t(endedAt), by: "lan", .resolved(note: "")))
            }
            return incident
        }
        let month = span(100, 200)
        for (openedAt, endedAt, isIn) in [
            (50, nil, true), (50, 99, false), (50, 100, false), (50, 101, true), (50, 300, true), (100, 100, true),
            (150, 160, true), (199, nil, true), (200, nil, false), (250, 300, false),
        ] as [(Int64, Int64?, Bool)] {
            let found = try incident(openedAt, endedAt).concerns(month, asOf: t(1000))
            #expect(found == isIn, "\(openedAt) to \(endedAt ?? -1)")
        }
        // Nothing was open in a month that has not begun.
        #expect(try !incident(50, nil).concerns(month, asOf: t(99)))
        #expect(try incident(50, nil).concerns(month, asOf: t(100)))
    }
}
