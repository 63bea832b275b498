import SLA
import Testing

@testable import Ledger

extension MigratedFacts {
    mutating func addSettlements() throws {
        let (october, november) = (try #require(CivilMonth("2026-10")), try #require(CivilMonth("2026-11")))
        add(
            "claims",
            [
                Claim(
                    id: "C1", service: "web", month: october, incident: "I7",
                    steps: [
                        Claim.Step(
                            kind: .opened, amount: ExactDecimal(300_000), text: "a day of orders", evidence: "letter 3",
                            at: t(42), by: "lan"),
                        Claim.Step(kind: .answered, amount: nil, text: "an hour", at: t(44), by: "an"),
                        Claim.Step(
                            kind: .settled, amount: ExactDecimal("5000.5"), text: "agreed", evidence: "mail", at: t(45),
                            by: "lan"),
                    ]),
                Claim(
                    id: "C2", service: "máy chủ", month: november, incident: nil,
                    steps: [Claim.Step(kind: .opened, amount: nil, text: "=\"too slow\"", at: t(43), by: "an")]),
            ])
        add(
            "acceptances",
            [
                Acceptance(
                    month: october, service: "web", amount: ExactDecimal(0), reason: "it was shown",
                    evidence: "mail 12", recordedAt: t(46), recordedBy: "lan")
            ])
    }
}
