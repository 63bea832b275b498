import Intake
import SLA
import Testing

@testable import Interchange

@Suite struct AgreementsFileTests {
    private static let configured = Agreement(
        objective: ExactDecimal(97), calendar: CivilCalendar(zone: .utc),
        compensation: Compensation(capMonths: 3, currency: "VND"))

    private static func read(_ rows: String...) throws -> AgreementHistory {
        var text = rows.joined(separator: "\n")
        return try text.withUTF8 {
            try AgreementsFile.history(UnsafeRawBufferPointer($0), file: "a.csv", configured: configured)
        }
    }

    @Test func whatIsNotSaidIsTheConfigurations() throws {
        let found = try Self.read(
            "known_at,by,objective,notice_scheduled,handling_rest_days,compensation_currency,compensation_tiers",
            "1790787600006,'=lan,98,,none,none,95:50 97.5:10", "1790787600005,,,12h,friday,,none")
        #expect(found.records.map(\.agreement.objective) == [ExactDecimal(97), ExactDecimal(98)])
        #expect(found.records.map(\.agreement.notice.scheduled) == [43_200_000, 86_400_000])
        #expect(found.records.map(\.agreement.handling.restDays) == [[.friday], []])
        #expect(found.records.map(\.agreement.compensation.currency) == ["VND", nil])
        #expect(found.records.map(\.agreement.compensation.tiers.count) == [0, 2])
        #expect(found.records.map(\.agreement.compensation.capMonths) == [3, 3])
        #expect(found.records.map(\.recordedBy) == ["", "=lan"])
    }

    @Test func everyMistakeIsNamed() {
        let header =
            "known_at,objective,excluded_time,notice_scheduled,notice_recurring_at_most,handling_rest_days,"
            + "compensation_cap_months,compensation_currency,compensation_tiers,compensation_prorate"
        let found = #expect(throws: Diagnostics.self) {
            try Self.read(
                header, ",0,removd,1x,0s,sunnday,-1,vnd,99,yes", "1790787600005,,,72h,,,,,99:10,",
                "1790787600005,,,,,,,,,")
        }
        #expect(
            found?.all.map { "\($0.line ?? 0) \($0.field ?? "") \($0.nearest ?? "")" } == [
                "2 known_at ", "2 objective ", "2 excluded_time removed", "2 notice_scheduled ",
                "2 notice_recurring_at_most ", "2 handling_rest_days sunday", "2 compensation_cap_months ",
                "2 compensation_currency ", "2 compensation_tiers ", "2 compensation_prorate ",
                "3 compensation_tiers ", "3 notice_recurring_at_most ", "4 known_at ",
            ])
        #expect(
            mistakes { _ = try Self.read("known_at,objectve", "1,99") }.first?.hasSuffix("did you mean objective?")
                == true)
    }
}
