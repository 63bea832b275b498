import Foundation
import Ledger
import LedgerSupport
import Reporting
import SLA
import Testing

@testable import Monitor
@testable import SLA
@testable import UseCases

/// Planned maintenance in the daemon and in the figures.
@Suite struct MaintenanceFiguresTests {
    private let folder = StateFolder()
    /// 2026-11-01T00:00:00Z.
    private let november = Instant(milliseconds: 1_793_491_200_000)
    private let hour: Milliseconds = 3_600_000

    /// A ledger in which `web` was down from 10 h to 14 h of the month, announced at 1 h; the window is 10 h to 12 h.
    private func prepared(_ kind: MaintenanceKind, told: Milliseconds) throws -> Ledger {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        var observations: [Observation] = []
        for second in stride(from: Int64(0), to: 20 * 3600, by: 2) {
            let isDown = (10 * 3600..<14 * 3600).contains(second)
            observations.append(observation("web", november + second * 1000, isDown ? .down : .up))
        }
        try ledger.commit(Batch(observations: observations))
        let interval = try #require(Interval(november + 10 * hour, november + 12 * hour))
        _ = try ledger.record(
            MaintenancePlan(
                number: 0, kind: kind, scope: [.service("web")], recurrence: .once(interval), reason: "disks",
                plannedAt: november - 30 * hour, plannedBy: "lan"))
        try ledger.record(
            [NoticeChannel.website, .fanPage, .email].map { channel in
                NoticeDelivery(
                    subject: .plan(1), customer: channel == .email ? "acme" : nil, channel: channel,
                    at: november + told, recordedAt: november + told, by: "lan", answer: "")
            })
        return ledger
    }

    private func report(_ ledger: Ledger, asOf: Milliseconds) throws -> MonthlyReport {
        let month = try #require(CivilMonth("2026-11"))
        return try ledger.read { try $0.report(of: month, asOf: november + asOf, configured: catalog) }
    }

    @Test func anAnnouncedWindowIsExcludedAndWhatOverrunsIsNot() throws {
        let ledger = try prepared(.scheduled, told: -20 * hour)
        let web = try #require(try report(ledger, asOf: 20 * hour).figures.last)
        #expect(web.admitted.map(\.id) == ["M1.2026-11-01.acme"])
        #expect(web.partition.excluded[.scheduledMaintenance]?.length == 2 * hour)
        #expect(web.partition.down.length == 2 * hour)
        // Before the notice was recorded, nothing is admitted.
        #expect(try report(ledger, asOf: 11 * hour).maintenance.scheduled.length == hour)
    }

    @Test func aLateNoticeIsNamedInTheReport() throws {
        let ledger = try prepared(.emergency, told: 10 * hour - 1_800_000)
        let report = try self.report(ledger, asOf: 20 * hour)
        #expect(
            ReportText.notices(of: report) == [
                "exclusion M1.2026-11-01.acme (emergency_maintenance) of web: notice 30 min before the start, "
                    + "1 h required"
            ])
        let web = try #require(report.figures.last)
        #expect(web.partition.down.length == 4 * hour && web.partition.excludedLength == 0)
        #expect(report.maintenance.emergency.length == 2 * hour)
        #expect(ReportText.text(report).contains("emergency 1 (2 h), 100.0000 % of its time an emergency"))
    }

    /// What `exclusion list` prints gives, replayed, the digits of the ledger.
    @Test func theListOfExclusionsGivesTheSameDigits() throws {
        let ledger = try prepared(.scheduled, told: -20 * hour)
        for asOf in [-25 * hour, 11 * hour, 20 * hour] {
            let kept = try report(ledger, asOf: asOf)
            let listed = try ledger.read { try $0.knownExclusions(asOf: november + asOf, configured: catalog) }
            let month = try #require(CivilMonth("2026-11"))
            let known = try ledger.read { try $0.inputs(of: month, asOf: november + asOf, configured: catalog) }
            let inputs = FigureInputs(
                month: month, asOf: november + asOf, catalog: catalog, exclusions: listed.map(\.exclusion),
                measuredSince: known.measuredSince)
            let replayed = try ledger.read { try $0.report(inputs) }
            #expect(ReportCSV.text(kept) == ReportCSV.text(replayed))
            #expect(ReportDocument(kept).json.text == ReportDocument(replayed).json.text)
        }
    }

    /// Beginning and end are said once each, over a restart of the daemon, and again only if they were not kept.
    @Test func beginningAndEndAreSaidOnce() throws {
        let ledger = try prepared(.scheduled, told: -20 * hour)
        func restarted() throws -> ExclusionWatch {
            let period = catalog.agreement.calendar.interval(ofMonthContaining: november)
            var watch = ExclusionWatch(try ledger.read { try $0.monitorHistory(period) })
            var news = MonitorNews()
            news.maintenance = try ledger.maintenance()
            _ = watch.merge(news, catalog, now: november)
            return watch
        }
        var watch = try restarted()
        func turn(_ at: Milliseconds, keeps: Bool = true) throws -> [AlertEvent] {
            let now = november + at
            _ = watch.merge(MonitorNews(), catalog, now: now)
            let alerts = watch.decide(under: catalog.agreement, now: now)
            guard keeps else {
                watch.revert()
                return alerts.map(\.event)
            }
            if !alerts.isEmpty { try ledger.commit(Batch(alerts: alerts)) }
            watch.commit()
            return alerts.map(\.event)
        }
        // The notice was 30 h before and more than 24 h are required: told at −20 h, it is 30 h before.
        #expect(try turn(9 * hour).isEmpty)
        #expect(try turn(10 * hour, keeps: false) == [.maintenanceBegins])
        #expect(try turn(10 * hour) == [.maintenanceBegins])
        #expect(try turn(10 * hour + 1).isEmpty)
        watch = try restarted()
        #expect(try turn(11 * hour).isEmpty)
        #expect(try turn(12 * hour) == [.maintenanceEnds])
        watch = try restarted()
        #expect(try turn(13 * hour).isEmpty)
        #expect(watch.index.all.map(\.id) == ["M1.2026-11-01.acme"])
    }
}
