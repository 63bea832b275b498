import Intake
import SLA
import Testing

@testable import Interchange

@Suite struct SettlementFileTests {
    private static let catalog = Catalog(
        agreement: Agreement(calendar: CivilCalendar(zone: .utc), compensation: Compensation(currency: "VND")),
        customers: [Customer(id: "acme")],
        services: [Service(id: "web", customer: "acme", paid: .empty, checks: [Check(probe: .unrecorded)])])

    private static func read(_ rows: String...) throws -> Settlements {
        var text = (["kind,id,month,service,incident,step,amount,reason,evidence,recorded_at,recorded_by"] + rows)
            .joined(separator: "\n")
        return try text.withUTF8 {
            try SettlementFile.settlements(UnsafeRawBufferPointer($0), file: "s.csv", catalog: catalog)
        }
    }

    @Test func eachKindIsRead() throws {
        let found = try Self.read(
            "negotiation,,2026-10,web,,agreed,7000,letter,,1790787600005,lan",
            "negotiation,,2026-10,web,,withdrawn,,off,,1790787600006,lan",
            "claim,C1,2026-10,web,I7,opened,,orders,'=mail,1790787600007,lan",
            "claim,C1,2026-10,web,I7,settled,150 000,agreed,,1790787600008,an",
            "acceptance,,2026-10,web,,accepted,0,shown,mail,1790787600009,lan")
        #expect(found.negotiations.map(\.amount) == [ExactDecimal(7000), nil])
        #expect(found.claims.map(\.incident) == ["I7"])
        #expect(found.claims.first?.settlement?.amount == ExactDecimal(150_000))
        #expect(found.claims.first?.steps.first?.evidence == "=mail")
        #expect(found.acceptances.map(\.evidence) == ["mail"])
    }

    @Test func everyMistakeIsNamed() throws {
        let mistakes = #expect(throws: Diagnostics.self) {
            try Self.read(
                "gift,,2026-10,web,,,1,x,,1790787600005,lan", "claim,C1,2026-10,web,,settled,1,x,,1790787600005,lan",
                "claim,C2,2026-10,web,,opened,,x,,1790787600005,lan",
                "claim,C2,2026-11,web,,answered,,x,,1790787600006,lan",
                "claim,C2,2026-10,web,,opened,,x,,1790787600007,lan",
                "claim,C2,2026-10,web,,settled,,x,,1790787600007,lan",
                "acceptance,,2026-13,wbe,,,1.5,x,,,lan", "acceptance,,2026-10,web,,,,x,,1790787600005,lan")
        }
        #expect(
            mistakes?.all.map { "\($0.line ?? 0) \($0.field ?? "")" } == [
                "2 kind", "3 step", "5 service", "6 step", "7 amount", "8 month", "8 service", "8 amount",
                "8 recorded_at", "9 amount",
            ])
    }
}
