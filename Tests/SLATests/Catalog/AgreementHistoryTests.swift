import SLAOracle
import Testing

@testable import SLA

/// What was promised, since when (semantics §3.2).
@Suite struct AgreementHistoryTests {
    private static let calendar = CivilCalendar(zone: .utc)

    private static func agreement(_ objective: Int64, lead: Milliseconds = 24, most: Milliseconds = 48) -> Agreement {
        Agreement(
            objective: ExactDecimal(objective), calendar: calendar,
            notice: NoticeLead(scheduled: lead, emergency: 1, recurringAtMost: most))
    }

    private static func record(_ agreement: Agreement, at: Int64) -> AgreementRecord {
        AgreementRecord(agreement: agreement, recordedAt: t(at), recordedBy: "availd")
    }

    private let history = AgreementHistory([record(agreement(99), at: 10), record(agreement(98), at: 20)])

    private func objectives(asOf: Int64, configured: Int64, since: Int64?) -> [String] {
        history.known(asOf: t(asOf), configured: Self.agreement(configured), since: since.map(t)).records
            .map { "\($0.recordedAt.milliseconds) \($0.agreement.objective)" }
    }

    @Test func theConfigurationIsARecordOfNow() {
        #expect(objectives(asOf: 30, configured: 98, since: 30) == ["10 99", "20 98"])
        #expect(objectives(asOf: 30, configured: 97, since: 30) == ["10 99", "20 98", "30 97"])
        #expect(objectives(asOf: 15, configured: 97, since: nil) == ["10 99"])
        #expect(objectives(asOf: 5, configured: 97, since: nil) == ["10 99"])
        let nothing = AgreementHistory()
        #expect(
            nothing.known(asOf: t(5), configured: Self.agreement(97), since: nil).records.map(\.agreement.objective)
                == [ExactDecimal(97)])
    }

    @Test func theFirstCountsForAllTimeBefore() throws {
        let agreement = try #require(history.agreement(in: Self.calendar))
        #expect(
            [-5, 10, 19, 20, 99].map { agreement.at(t($0)).objective } == [99, 99, 99, 98, 98].map(ExactDecimal.init))
        #expect(agreement.at(t(5)).at(t(25)) == agreement)
        let single = AgreementHistory([Self.record(Self.agreement(99), at: 10)]).agreement(in: Self.calendar)
        #expect(single == Self.agreement(99))
    }

    @Test func aMonthIsJudgedAtItsFirstCommittedInstant() throws {
        let agreement = try #require(history.agreement(in: Self.calendar))
        func judging(_ paid: Interval?) -> ExactDecimal {
            agreement.judging(IntervalSet(paid), in: span(0, 100)).objective
        }
        #expect(judging(span(0, 50)) == ExactDecimal(99))
        #expect(judging(span(-50, 50)) == ExactDecimal(99))
        #expect(judging(span(19, 50)) == ExactDecimal(99))
        #expect(judging(span(20, 50)) == ExactDecimal(98))
        #expect(judging(nil) == ExactDecimal(99))
    }

    @Test func aServiceOfTheSameMonthMayHaveAnother() throws {
        let agreement = try #require(
            AgreementHistory([
                Self.record(Self.agreement(99), at: 0), Self.record(Self.agreement(50), at: 86_400_000),
            ]).agreement(in: Self.calendar))
        func service(_ id: String, from: Int64) -> Service {
            Service(
                id: id, customer: "acme", paid: IntervalSet(span(from, 1 << 60)), checks: [Check(probe: .unrecorded)])
        }
        let month = try #require(CivilMonth("1970-01"))
        let inputs = FigureInputs(
            month: month, asOf: t(10 * 86_400_000),
            catalog: Catalog(
                agreement: agreement, customers: [Customer(id: "acme")],
                services: [service("old", from: 0), service("new", from: 86_400_000)]),
            exclusions: [])
        let report = MonthlyReport(inputs) { service, _ in ServiceTimeline(mode: .all, checks: [CheckSpans()]) }
        #expect(report.figures.map { "\($0.service.id) \($0.objective)" } == ["new 50", "old 99"])
        #expect(report.objectives == [ExactDecimal(50), ExactDecimal(99)])
    }

    /// Where the lead grows, notice may have been in time only before.
    @Test func theLastInstantForANoticeIsByTheLeadThen() throws {
        let longer = try #require(
            AgreementHistory([
                Self.record(Self.agreement(99, lead: 24), at: 0), Self.record(Self.agreement(99, lead: 48), at: 100),
            ]).agreement(in: Self.calendar))
        let ends: [Int64] = [110, 124, 140, 147, 148, 200]
        #expect(
            ends.map { longer.lastNotice(of: .scheduled, before: t($0)).milliseconds } == [86, 99, 99, 99, 100, 152])
    }

    @Test func aNoticeOfAWindowIsEarlyByWhatWasSoThen() throws {
        let shorter = try #require(
            AgreementHistory([
                Self.record(Self.agreement(99, most: 72), at: 0), Self.record(Self.agreement(99, most: 48), at: 100),
            ]).agreement(in: Self.calendar))
        let time = shorter.noticeTime(ofRecurring: t(160))
        #expect(time.intervals == [span(88, 100), Interval(unchecked: t(112), .distantFuture)])
    }

    @Test(arguments: AgreementSetting.allCases)
    func aSettingIsReadAsItIsWritten(setting: AgreementSetting) throws {
        let other = Agreement(
            objective: try #require(ExactDecimal("99.5")), calendar: Self.calendar, excludedTime: .forgiven,
            notice: NoticeLead(scheduled: 1, emergency: 90_061_001, recurringAtMost: 3_600_000),
            channels: NoticeChannels(everyone: [.direct, .email], vip: []),
            handling: HandlingDeadline(within: 5, restDay: 6, restDays: [.friday, .monday]),
            compensation: Compensation(
                capMonths: 12, currency: "VND",
                tiers: [.init(below: ExactDecimal(99), percent: try #require(ExactDecimal("12.5")))], isProrated: false,
                uncertain: .pay))
        for agreement in [other, Agreement(calendar: Self.calendar)] {
            var read = agreement == other ? Agreement(calendar: Self.calendar) : other
            let before = read
            #expect(setting.text(of: read) != setting.text(of: agreement))
            #expect(setting.set(setting.text(of: agreement), in: &read))
            #expect(setting.text(of: read) == setting.text(of: agreement))
            for bad in ["", "x", "-1", "99:", "none none"] where !setting.set(bad, in: &read) {
                #expect(setting.text(of: read) == setting.text(of: agreement))
            }
            #expect(!setting.set("", in: &read))
            #expect(AgreementSetting.allCases.count { $0.text(of: before) != $0.text(of: read) } == 1)
        }
    }
}
