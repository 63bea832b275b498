import GRDB
import LedgerSupport
import SLA
import Testing

@testable import Ledger

/// An alert's fields come back as they were decided; those of an earlier version, which kept the text that it wrote,
/// restore the same latches.
@Suite struct KeptAlertTests {
    let directory: TemporaryDirectory
    let ledger: Ledger

    /// Monday, 2026-10-05T00:00:00Z.
    private static let start: Int64 = 1_791_158_400_000

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try Ledger(directory: directory.path, access: .daemon)
    }

    private func at(_ minute: Int64) -> Instant { t(Self.start + minute * 60_000) }

    private func add(_ event: AlertEvent, _ fields: String, subject: String = "web") throws {
        try ledger.database.write {
            try $0.execute(
                sql: "INSERT INTO outbox (event, subject, at, fields) VALUES (?, ?, ?, ?)",
                arguments: [event.rawValue, subject, at(3).milliseconds, fields])
        }
    }

    private func kept() throws -> [Alert] { try ledger.undelivered(limit: 100).map(\.alert) }

    private func month() throws -> CivilMonth { try #require(CivilMonth("2026-10")) }

    @Test func everyValueComesBack() throws {
        let values: [AlertValue] =
            [
                .text("a \"b\" /c\n{"), .text("{\"number\":1}"), .text(""), .number(-7), .number(.max), .seconds(-1500),
                .instant(at(0)), .month(try month()),
                .loss(.noAnswer(.names, from: ["https://a.example/"])), .loss(.undecided(probes: 10)),
            ] + KeptCauseTests.causes.map(AlertValue.cause)
        let alerts = [alert(.serviceDown, "web", 9, values.map { Alert.Field("key", $0) })]
        try ledger.commit(Batch(alerts: alerts))
        #expect(try kept() == alerts)
    }

    /// As docs/format/ledger.md says: programs of others read it.
    @Test func aFieldIsKeptAsItIsDocumented() throws {
        let fields = [
            Alert.Field("service", "web"), Alert.Field("n", .number(2)), Alert.Field("down_s", .seconds(1500)),
            Alert.Field("since", .instant(t(5))), Alert.Field("month", .month(try month())),
            Alert.Field("cause", .cause(.connection(.refused))),
            Alert.Field("reason", .loss(.noAnswer(.ipv4, from: ["https://a.example/"]))),
        ]
        try ledger.commit(Batch(alerts: [alert(.serviceDown, "web", 9, fields)]))
        let text = try ledger.database.read { try String.fetchOne($0, sql: "SELECT fields FROM outbox") }
        #expect(
            text == "[[\"service\",\"web\"],[\"n\",{\"number\":2}],[\"down_s\",{\"seconds\":1500}],"
                + "[\"since\",{\"instant\":5}],[\"month\",{\"month\":\"2026-10\"}],"
                + "[\"cause\",{\"cause\":{\"connection\":{\"_0\":\"refused\"}}}],"
                + "[\"reason\",{\"loss\":{\"noAnswer\":{\"_0\":\"ipv4\",\"from\":[\"https://a.example/\"]}}}]]")
    }

    @Test(arguments: [
        "[\"a\"]", "[[\"a\"]]", "[[\"a\",\"b\",\"c\"]]", "[[\"a\",1]]", "[[\"a\",{}]]", "[[\"a\",{\"age\":1}]]",
        "[[\"a\",{\"month\":\"2026-13\"}]]", "[[\"a\",{\"number\":\"1\"}]]", "{}",
    ])
    func whatIsNoFieldIsDamage(_ fields: String) throws {
        try add(.serviceDown, fields)
        let error = failure(LedgerError.self) { _ = try ledger.undelivered(limit: 1) }
        guard case .damaged(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.hasPrefix("row 1 of outbox, column fields: "))
    }

    /// A month's alerts about a service, as an earlier version kept them.
    @Test func aServicesLatchesAreRestoredFromEarlierFields() throws {
        try add(
            .serviceDown,
            "[[\"service\",\"web\"],[\"since\",\"2026-10-05T07:02:00+07:00\"],[\"cause\",\"connection refused\"]]")
        try add(.availabilityBelow, "[[\"month\",\"2026-10\"],[\"down_s\",\"60.000\"]]")
        try add(.budgetConsumed, "[[\"month\",\"2026-10\"],[\"threshold_percent\",\"50\"]]")
        try add(.budgetConsumed, "[[\"month\",\"2026-10\"],[\"threshold_percent\",\"75\"]]")
        try add(.budgetBurning, "[[\"month\",\"2026-10\"],[\"window_s\",\"3600\"],[\"window_down_s\",\"540.000\"]]")
        try add(.commitmentLost, "[[\"month\",\"2026-10\"],[\"remaining_s\",\"-1.000\"]]")
        let earlier = try kept()
        #expect(earlier[0]["cause"] == .text("connection refused"))

        let month = Alert.Field("month", .month(try month()))
        let fields: [(AlertEvent, [Alert.Field])] = [
            (.serviceDown, [Alert.Field("since", .instant(at(2)))]), (.availabilityBelow, [month]),
            (.budgetConsumed, [month, Alert.Field("threshold_percent", .number(50))]),
            (.budgetConsumed, [month, Alert.Field("threshold_percent", .number(75))]),
            (.budgetBurning, [month, Alert.Field("window_s", .number(3600))]), (.commitmentLost, [month]),
        ]
        let now = fields.map { Alert(event: $0, subject: "web", at: at(3), fields: $1) }
        for count in 1...now.count {
            let (latch, before) = (
                ServiceAlertLatch(from: Array(earlier.prefix(count))),
                ServiceAlertLatch(from: Array(earlier.prefix(count - 1)))
            )
            #expect(latch == ServiceAlertLatch(from: Array(now.prefix(count))))
            #expect(latch != before, "each of them sets a latch")
        }
        let latch = ServiceAlertLatch(from: earlier)
        #expect(try latch.downSince == at(2) && latch.belowIn == self.month())
    }

    /// What was warned of before the restart is not warned of again.
    @Test func aDeadlineIsRestoredFromEarlierFields() throws {
        let opening = IncidentEvent.Change.opened(
            .hand, cause: .text("slow"), services: [AffectedService(service: "d", customer: "d-corp")])
        let incident = try Incident(
            number: 1, history: [IncidentEvent(at: at(0), recordedAt: at(0), by: "lan", opening)])
        let catalog = Catalog(agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [], services: [])
        func said(after alerts: [Alert], at minute: Int64) -> [IncidentWatch.Action] {
            var watch = IncidentWatch(transitions: [], incidents: [incident], alerts: alerts)
            return watch.decide([], catalog: catalog, exclusions: [], now: at(minute))
        }
        guard case .alert(let due)? = said(after: [], at: 1100).first else {
            Issue.record("nothing is said")
            return
        }
        #expect(due["deadline"] == .instant(at(1440)))
        // 2026-10-06T00:00:00Z, as it was written in each zone.
        for deadline in ["2026-10-06T00:00:00Z", "2026-10-06T07:00:00+07:00"] {
            try add(.handlingDue, "[[\"incident\",\"I1\"],[\"deadline\",\"\(deadline)\"]]", subject: "I1")
            #expect(said(after: try kept().suffix(1), at: 1100).isEmpty)
        }
        try add(.handlingOverdue, "[[\"deadline\",\"2026-10-06T00:00:00Z\"]]", subject: "I1")
        #expect(said(after: try kept().suffix(1), at: 1450).isEmpty)
        #expect(said(after: [], at: 1450).count == 1)
    }
}
