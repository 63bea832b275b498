import SLA
import Testing

@testable import Ledger

extension MigratedFacts {
    /// What a row leaves out has its default.
    mutating func addAgreements() throws {
        let calendar = CivilCalendar(zone: .utc)
        let first = Agreement(
            objective: try #require(ExactDecimal("99.95")), calendar: calendar, excludedTime: .forgiven,
            notice: NoticeLead(scheduled: 48 * 3_600_000), channels: NoticeChannels(vip: []),
            handling: HandlingDeadline(restDays: [.friday]),
            compensation: Compensation(
                capMonths: 3, currency: "VND",
                tiers: [
                    .init(below: ExactDecimal(99), percent: ExactDecimal(10)),
                    .init(below: try #require(ExactDecimal("95.5")), percent: ExactDecimal(50)),
                ], isProrated: false))
        let second = Agreement(objective: ExactDecimal(98), calendar: calendar)
        add(
            "agreement_records",
            Self.settings([
                AgreementRecord(agreement: first, recordedAt: t(5), recordedBy: "daemon"),
                AgreementRecord(agreement: second, recordedAt: t(6), recordedBy: "lan"),
            ]))
    }

    /// A set has no order that could be compared.
    static func settings(_ records: [AgreementRecord]) -> [String] {
        records.map { record in
            "\(record.recordedAt) \(record.recordedBy): "
                + AgreementSetting.allCases.map { $0.text(of: record.agreement) }.joined(separator: ", ")
        }
    }

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
