import Reporting
import SLA
import Testing

/// Three incidents of October: one handled after a wait, one over and charged, one that just opened on a Sunday.
@Suite struct IncidentDocumentTests {
    private static func event(
        _ at: Instant, _ change: IncidentEvent.Change, by: String = "lan", after delay: Milliseconds = 0
    ) -> IncidentEvent {
        IncidentEvent(at: at, recordedAt: at + delay, by: by, change)
    }

    private static func down(_ service: String, _ customer: String, _ since: Instant) -> AffectedService {
        AffectedService(
            service: service, customer: customer, downSince: since, addresses: ["192.0.2.7"],
            cause: .unexpected(.status(503, expected: [200...399])))
    }

    private static func incidents() throws -> [Incident] {
        func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant { World.at(day, hour, minute) }
        return [
            try Incident(
                number: 1,
                history: [
                    event(
                        at(5, 9, 30),
                        .opened(
                            .outage, cause: .unexpected(.status(503, expected: [200...399])),
                            services: [down("acme-web", "acme", at(5, 9, 30))]),
                        by: "availd", after: 60_000),
                    event(
                        at(5, 9, 31), .serviceDown(down("zeta-db", "zeta", at(5, 9, 31))), by: "availd", after: 60_000),
                    event(at(5, 9, 40), .acknowledged),
                    event(at(5, 9, 50), .classified(.warranty, reason: "")),
                    event(at(5, 10), .waiting(reason: "the error log of 5 October")),
                    event(at(5, 10, 20), .recovered, by: "availd"),
                    event(at(5, 14), .resumed, after: 300_000),
                    event(at(5, 16, 5), .resolved(note: "power supply replaced")),
                ]),
            try Incident(
                number: 2,
                history: [
                    event(
                        at(6, 22),
                        .opened(
                            .hand, cause: .text("=HYPERLINK(\"x\")\u{1B}[2J\nI9 resolved"),
                            services: [AffectedService(service: "=cmd", customer: "zeta")])),
                    event(at(6, 23), .classified(.outOfScope, reason: "W2: firmware changed by the customer")),
                    event(at(8, 8), .irrecoverable(advice: "restore the copy of 4 October")),
                ]),
            try Incident(
                number: 3,
                history: [
                    event(
                        at(11, 10),
                        .opened(.outage, cause: .text("no answer"), services: [down("zeta-db", "zeta", at(11, 10))]),
                        by: "availd")
                ]),
        ]
    }

    private func list(_ asOf: Instant = World.at(13, 11), customer: String? = nil) throws -> IncidentList {
        IncidentList(try Self.incidents(), under: World.agreement, asOf: asOf, customer: customer)
    }

    @Test func theHeaderIsThePromisedOne() throws {
        let promised =
            "incident,opened_at,opened_by,services,customers,classification,clause,chargeable,acknowledged_at,"
            + "recovered_at,resolved_at,outcome,deadline_at,waited_s,handling_s,allowed_s,in_time,as_of\r\n"
        #expect(try list().csv.hasPrefix(promised))
    }

    @Test func theCSVIsAsItWas() throws { try World.expectGolden(list().csv, "incidents.csv") }
    @Test func theTextIsAsItWas() throws { try World.expectGolden(list().text, "incidents.txt") }
    @Test func theJSONIsAsItWas() throws { try World.expectGolden(list().json.text, "incidents.json") }

    @Test func theHistoryIsAsItWas() throws {
        let histories = try Self.incidents().map {
            IncidentHistory($0, under: World.agreement, asOf: World.at(12, 9))
        }
        try World.expectGolden(histories.map(\.text).joined(separator: "\n"), "incident.txt")
        try World.expectGolden(histories[0].json.text, "incident.json")
    }

    /// Clause 5: no identifier of another customer in anything that one customer is shown.
    @Test func oneCustomerSeesNothingOfAnother() throws {
        let acme = try list(customer: "acme")
        for text in [acme.csv, acme.text, acme.json.text] {
            #expect(!text.contains("zeta"))
            #expect(text.contains("acme-web"))
            #expect(!text.contains("I2"))
        }
    }
}
