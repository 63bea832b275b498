import Foundation
import GRDB
import LedgerSupport
import SLA
import Testing

@testable import Ledger

/// Maintenance comes back from the ledger as it went in, and nothing of it is ever changed.
@Suite struct MaintenanceFactsTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "availd-ledger-\(UUID())").path
    private func at(_ ms: Int64) -> Instant { Instant(milliseconds: ms) }

    private var window: Recurrence {
        Interval(at(10), at(20)).map(Recurrence.once)
            ?? .once(CivilCalendar(zone: .utc).interval(of: CivilMonth(of: CivilDate(daysSinceEpoch: 0))))
    }

    private func plan(_ recurrence: Recurrence) -> MaintenancePlan {
        MaintenancePlan(
            number: 0, kind: .emergency, scope: [.group("rack-3"), .customer("acme")], recurrence: recurrence,
            reason: "ổ đĩa", plannedAt: at(5), plannedBy: "lan")
    }

    private func inLedger(_ body: (Ledger) throws -> Void) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(try Ledger(directory: folder, access: .recorder))
    }

    @Test func everythingComesBack() throws {
        try inLedger { ledger in
            let once = try ledger.record(plan(window))
            let exception = try #require(CivilDate("2026-12-27"))
            let first = try #require(CivilDate("2026-10-01"))
            let (start, end) = (try #require(WallTime("23:30")), try #require(WallTime("01:00")))
            let series = try ledger.record(
                plan(
                    .series(
                        WindowSeries(
                            days: .monthly(.last, .sunday), start: start, end: end, first: first,
                            last: CivilDate("2027-10-01"), exceptions: [exception]))))
            #expect([once.id, series.id] == ["M1", "M2"])
            let before = try ledger.maintenanceVersion()
            let date = try #require(CivilDate("1970-01-01"))
            let cancellation = MaintenanceCancellation(plan: 1, date: date, at: at(6), by: "an", reason: "r")
            try ledger.record(cancellation) { #expect($0.plans.count == 2) }
            let draft = MaintenanceExtension(
                plan: 2, number: 0, date: date, until: at(99), at: at(7), by: "an", reason: "slow")
            #expect(try ledger.record(draft) { _ in }.subject.description == "M2.x1")
            #expect(try ledger.record(draft) { _ in }.subject.description == "M2.x2")
            let delivery = NoticeDelivery(
                subject: .extension(2, 1), customer: nil, channel: .fanPage, at: at(7), recordedAt: at(8), by: "an",
                answer: "https://x.example")
            try ledger.record([delivery])
            let record = try ledger.maintenance()
            #expect(record.plans == [once, series] && record.cancellations == [cancellation])
            #expect(record.extensions.map(\.number) == [1, 2] && record.extensions[0].until == at(99))
            #expect(record.deliveries == [delivery])
            #expect(try ledger.maintenanceVersion() > before)
        }
    }

    @Test func whatIsNotAllowedIsNotRecorded() throws {
        struct No: Error {}
        try inLedger { ledger in
            _ = try ledger.record(plan(window))
            let cancellation = MaintenanceCancellation(plan: 1, date: nil, at: at(6), by: "an", reason: "r")
            #expect(throws: No.self) { try ledger.record(cancellation) { _ in throw No() } }
            #expect(try ledger.maintenance().cancellations.isEmpty)
        }
    }

    /// A notice is wanted once, tried by one at a time, and wanted again only where it was refused.
    @Test func aNoticeIsTriedByOneProgramAtATime() throws {
        try inLedger { ledger in
            let wanted = Ledger.WantedNotice(subject: .plan(1), customer: "acme", channel: .email)
            try ledger.want(
                [wanted, Ledger.WantedNotice(subject: .plan(1), customer: nil, channel: .website)], at: at(1), by: "lan"
            )
            try ledger.want([wanted], at: at(2), by: "an")
            #expect(try ledger.notices().map(\.customer) == ["acme", nil])
            let isFresh: (Notice) -> Bool = { $0.attempts.isEmpty }
            let other = try Ledger(directory: folder, access: .recorder)
            let attempt = try #require(try ledger.beginAttempt(of: 1, at: at(3), by: "lan", ifDue: isFresh))
            #expect(try other.beginAttempt(of: 1, at: at(3), by: "availd", ifDue: isFresh) == nil)
            let result = Notice.Result(at: at(4), outcome: .refused, answer: "550 no such user")
            try ledger.finish(attempt, result)
            #expect(try other.notices()[0].attempts == [Notice.Attempt(at: at(3), by: "lan", result: result)])
            #expect(try other.maintenance().deliveries.isEmpty)
            try ledger.want([wanted], at: at(5), by: "lan")
            #expect(try ledger.notices().map(\.customer) == ["acme", nil, "acme"])
            let second = try #require(try other.beginAttempt(of: 3, at: at(6), by: "availd", ifDue: isFresh))
            try other.finish(second, Notice.Result(at: at(7), outcome: .delivered, answer: "250 OK"))
            let delivered = try ledger.maintenance().deliveries
            #expect(delivered.map(\.at) == [at(7)] && delivered.map(\.answer) == ["250 OK"])
            try ledger.want([wanted], at: at(8), by: "lan")
            #expect(try ledger.notices().count == 3)
            // Nor is what people have done.
            try ledger.record([
                NoticeDelivery(
                    subject: .plan(2), customer: "acme", channel: .email, at: at(8), recordedAt: at(8), by: "an",
                    answer: "")
            ])
            try ledger.want(
                [Ledger.WantedNotice(subject: .plan(2), customer: "acme", channel: .email)], at: at(9), by: "lan")
            #expect(try ledger.notices().count == 3)
        }
    }

    @Test func nothingIsChangedAfterwards() throws {
        try inLedger { ledger in
            _ = try ledger.record(plan(window))
            for change in ["UPDATE maintenance_plans SET reason = 'x'", "DELETE FROM maintenance_plans"] {
                #expect(throws: (any Error).self) { try ledger.write { try $0.execute(sql: change) } }
            }
            #expect(try ledger.maintenance().plans.map(\.reason) == ["ổ đĩa"])
        }
    }
}
