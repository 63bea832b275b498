import SLAOracle
import Testing
import Wording

@testable import SLA

/// What is said of maintenance, and when: once each, over restarts.
@Suite struct MaintenanceWatchTests {
    private static let hour: Int64 = 3_600_000
    private let start = 100 * hour

    private let catalog = Catalog(
        agreement: Agreement(
            calendar: CivilCalendar(zone: .utc), channels: NoticeChannels(everyone: [.email], vip: [])),
        customers: [Customer(id: "acme"), Customer(id: "beta")],
        services: ["acme", "beta"].map { customer in
            Service(
                id: customer + "-web", customer: customer, paid: IntervalSet(Interval(.distantPast, .distantFuture)),
                checks: [Check(probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))])
        })

    private func record(told: [String: Int64]) -> MaintenanceRecord {
        MaintenanceRecord(
            plans: [
                MaintenancePlan(
                    number: 1, kind: .scheduled, scope: [.all], recurrence: .once(span(start, start + Self.hour)),
                    reason: "r", plannedAt: t(0), plannedBy: "lan")
            ],
            deliveries: told.map { customer, at in
                NoticeDelivery(
                    subject: .plan(1), customer: customer, channel: .email, at: t(at), recordedAt: t(at), by: "",
                    answer: "")
            })
    }

    private func alerts(_ record: MaintenanceRecord, _ watch: MaintenanceWatch, at now: Int64) -> [Alert] {
        let range = MaintenanceWatch.range(at: t(now), under: catalog.agreement)
        return watch.decide(
            record.claims(overlapping: range, catalog: catalog, asOf: t(now)), under: catalog.agreement, at: t(now))
    }

    @Test func noticeThatCanStillBeInTimeIsNoAlert() {
        let due = start - 24 * Self.hour
        let record = self.record(told: ["acme": 5])
        #expect(alerts(record, MaintenanceWatch(), at: due).isEmpty)
        let late = alerts(record, MaintenanceWatch(), at: due + 1)
        #expect(late.map(\.event) == [.exclusionNotAdmitted])
        #expect(late[0].subject == "M1.1970-01-05" && late[0]["customers"]?.english(in: .utc) == "beta")
        #expect(
            late[0]["reason"]?.english(in: .utc) == "no notice recorded"
                && late[0]["missing"]?.english(in: .utc) == "email")
        var watch = MaintenanceWatch()
        watch.markAnnounced(late)
        #expect(alerts(record, watch, at: due + 2).isEmpty)
    }

    @Test func beginningAndEndAreSaidOnceEach() {
        let record = self.record(told: ["acme": 5, "beta": 5])
        var watch = MaintenanceWatch()
        #expect(alerts(record, watch, at: start - 1).isEmpty)
        let begins = alerts(record, watch, at: start)
        #expect(begins.map(\.event) == [.maintenanceBegins])
        #expect(begins[0].subject == "M1.1970-01-05" && begins[0]["admitted"]?.english(in: .utc) == "yes")
        watch.markAnnounced(begins)
        #expect(alerts(record, watch, at: start + Self.hour - 1).isEmpty)
        // A restart, from what the ledger has.
        watch = MaintenanceWatch(resuming: begins)
        let ends = alerts(record, watch, at: start + Self.hour)
        #expect(ends.map(\.event) == [.maintenanceEnds])
        #expect(alerts(record, MaintenanceWatch(resuming: ends), at: start + 2 * Self.hour).isEmpty)
        // Where nobody watched at either time, both are said.
        #expect(
            alerts(record, MaintenanceWatch(), at: start + 2 * Self.hour).map(\.event)
                == [.maintenanceBegins, .maintenanceEnds])
    }

    /// The clock was wrong, and is set back: what is not so yet is said again when it is.
    @Test func whatAWrongClockHasSaidIsSaidAgain() {
        let record = self.record(told: ["acme": 5])
        let (later, end) = (start + 20 * Self.hour, start + Self.hour)
        let said = alerts(record, MaintenanceWatch(), at: later)
        #expect(said.map(\.event) == [.exclusionNotAdmitted, .maintenanceBegins, .maintenanceEnds])
        func afterSetBack(to now: Int64) -> MaintenanceWatch {
            var watch = MaintenanceWatch(resuming: said)
            let range = MaintenanceWatch.range(at: t(now), under: catalog.agreement)
            watch.forgetWhatIsToCome(
                record.claims(overlapping: range, catalog: catalog, asOf: t(now)), under: catalog.agreement, at: t(now))
            return watch
        }
        let before = afterSetBack(to: start - 24 * Self.hour)
        #expect(alerts(record, before, at: start).map(\.event) == [.exclusionNotAdmitted, .maintenanceBegins])
        let within = afterSetBack(to: start + 60_000)
        #expect(alerts(record, within, at: start + 60_000).isEmpty)
        #expect(alerts(record, within, at: end).map(\.event) == [.maintenanceEnds])
        #expect(alerts(record, afterSetBack(to: end), at: end).isEmpty)
    }

    @Test func whatIsAdmittedForSomeIsAdmittedPartly() {
        let begins = alerts(record(told: ["acme": 5, "beta": start - Self.hour]), MaintenanceWatch(), at: start)
        #expect(begins.map(\.event) == [.exclusionNotAdmitted, .maintenanceBegins])
        #expect(begins[1]["admitted"]?.english(in: .utc) == "partly")
        #expect(begins[1]["reason"]?.english(in: .utc) == "notice 1 h before the start, 24 h required")
    }

    @Test func theNextChangeIsFound() {
        let range = MaintenanceWatch.range(at: t(start), under: catalog.agreement)
        let claims = record(told: [:]).claims(overlapping: range, catalog: catalog, asOf: t(1))
        var now = t(0)
        var changes: [Int64] = []
        while let next = MaintenanceWatch.nextChange(of: claims, after: now) {
            changes.append(next.milliseconds)
            now = next
        }
        #expect(changes == [start - 24 * Self.hour + 1, start, start + Self.hour])
    }
}
