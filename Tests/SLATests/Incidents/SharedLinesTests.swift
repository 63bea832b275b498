import SLA
import Testing

@testable import SLA

/// What is said of services that fell together: of each event and each incident one line.
@Suite struct SharedLinesTests {
    private func clock(_ second: Double) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: UInt64(second * 1_000_000_000))
    }

    private func alert(_ event: AlertEvent, _ service: String, _ incident: String = "I1") -> Alert {
        Alert(
            event: event, subject: service, at: Instant(milliseconds: 0),
            fields: [Alert.Field("service", service), Alert.Field(Alert.sharedFailureKey, incident)])
    }

    /// A service burns in three windows at once, and is one service.
    @Test func servicesAreCountedNotAlerts() {
        var lines = SharedLines()
        for number in 0..<54 {
            lines.add(alert(.budgetBurning, "s\(number % 18)"), number: Int64(number), now: clock(1))
        }
        #expect(lines.due(at: clock(5.9)).isEmpty)
        let due = lines.due(at: clock(6))
        #expect(due.map(\.alert.fields) == [[Alert.Field("services", .number(18)), Alert.Field("incident", "I1")]])
        #expect(due.first?.alerts == Array(0..<54) && due.first?.number == 0)
    }

    @Test func fiveAreNamed() {
        var lines = SharedLines()
        for number in 0..<10 {
            lines.add(alert(.serviceUp, "s\(9 - number % 5)"), number: Int64(number), now: clock(1))
        }
        #expect(lines.due(at: clock(6)).first?.alert["service"] == .text("s5,s6,s7,s8,s9"))
    }

    @Test func oneAloneIsItself() {
        var lines = SharedLines()
        lines.add(alert(.serviceUp, "web"), number: 7, now: clock(1))
        let due = lines.due(at: clock(6))
        #expect(due.map(\.alert.subject) == ["web"] && due.first?.alert.fields == [Alert.Field("service", "web")])
    }

    @Test func whatGoesOnIsSaidAfterAMinute() {
        var lines = SharedLines()
        for second in 0...60 {
            lines.add(alert(.serviceUp, "s\(second)"), number: Int64(second), now: clock(Double(second)))
        }
        #expect(lines.due(at: clock(60)).map { $0.alert["services"] } == [.number(61)])
    }

    @Test func eachIncidentHasItsOwn() {
        var lines = SharedLines()
        for (number, incident) in ["I1", "I2", "I1", "I2"].enumerated() {
            lines.add(alert(.serviceUp, "s\(number)", incident), number: Int64(number), now: clock(1))
        }
        let due = lines.due(at: clock(6))
        #expect(due.map { $0.alert["incident"] } == [.text("I1"), .text("I2")])
        #expect(due.map(\.alerts) == [[0, 2], [1, 3]])
        lines.remove(due[0])
        #expect(lines.due(at: clock(6)) == [due[1]])
        lines.remove(due[1])
        #expect(lines.isEmpty)
    }
}
