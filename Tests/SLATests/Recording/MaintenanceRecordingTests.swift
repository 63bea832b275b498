import SLAOracle
import Testing

@testable import SLA

/// What may be done to planned maintenance, and which notices this program is to give (clauses 6.1, 6.2).
@Suite struct MaintenanceRecordingTests {
    private static let day: Int64 = 86_400_000
    private let calendar = CivilCalendar(zone: .utc)

    /// Plan 1 is [10 d, 10 d + 1 h); plan 2 is each night from 00:00 to 01:00, from day 10 to day 12.
    private func record(
        cancellations: [MaintenanceCancellation] = [], deliveries: [NoticeDelivery] = []
    ) throws -> MaintenanceRecord {
        let hour = Self.day / 24
        let nights = WindowSeries(
            days: try #require(RecurringDays("monday tuesday wednesday thursday friday saturday sunday")),
            start: try #require(WallTime(minutes: 0)),
            end: try #require(WallTime(minutes: 60)), first: date(10), last: date(12))
        func plan(_ number: Int, _ recurrence: Recurrence) -> MaintenancePlan {
            MaintenancePlan(
                number: number, kind: .scheduled, scope: [.all], recurrence: recurrence, reason: "disks",
                plannedAt: t(0), plannedBy: "an")
        }
        return MaintenanceRecord(
            plans: [plan(1, .once(span(10 * Self.day, 10 * Self.day + hour))), plan(2, .series(nights))],
            cancellations: cancellations, deliveries: deliveries)
    }

    private func date(_ day: Int64) -> CivilDate { calendar.date(at: t(day * Self.day)) }

    private func cancellation(_ plan: Int, _ day: Int64?, at: Int64) -> MaintenanceCancellation {
        MaintenanceCancellation(plan: plan, date: day.map(date), at: t(at), by: "an", reason: "no disks")
    }

    @Test func whatLiesAheadCanBeCancelled() throws {
        let early = cancellation(1, nil, at: 10 * Self.day - 1)
        #expect(try record().facts(of: early, in: calendar) == [.maintenanceCancellation(early)])
        #expect(throws: MaintenanceError.nothingToCancel(.plan(1))) {
            try record().facts(of: cancellation(1, nil, at: 10 * Self.day), in: calendar)
        }
        #expect(throws: MaintenanceError.nothingToCancel(.plan(1))) {
            try record(cancellations: [early]).facts(of: early, in: calendar)
        }
        #expect(throws: MaintenanceError.nothingToCancel(.plan(7))) {
            try record().facts(of: cancellation(7, nil, at: 1), in: calendar)
        }
    }

    @Test func moreTimeIsForAWindowThatLiesAheadOrIsUnderWay() throws {
        let record = try record(cancellations: [cancellation(2, 11, at: 1)])
        func window(_ subject: NoticeSubject, _ plan: Int, at now: Int64) throws -> CivilDate {
            try record.extensible(
                subject, of: try #require(record.plan(plan)), at: t(now), in: calendar
            ).date
        }
        #expect(try window(.plan(1), 1, at: 0) == date(10))
        #expect(try window(.plan(1), 1, at: 10 * Self.day + 5) == date(10))
        #expect(try window(.window(2, date(12)), 2, at: 0) == date(12))
        // Of a whole plan it is the next that stands.
        #expect(try window(.plan(2), 2, at: 11 * Self.day) == date(12))
        for (subject, plan, now) in [
            (.plan(1), 1, 11 * Self.day), (.window(2, date(11)), 2, 0), (.window(2, date(10)), 2, 11 * Self.day),
            (.extension(1, 1), 1, 0),
        ] as [(NoticeSubject, Int, Int64)] {
            #expect(throws: MaintenanceError.noWindow(subject)) { try window(subject, plan, at: now) }
        }
    }

    @Test func aNoticeAnnouncesWhatHasNotEndedAndStands() throws {
        let record = try record(cancellations: [cancellation(2, 11, at: 1)])
        func announced(_ subject: NoticeSubject, at now: Int64) -> [CivilDate] {
            record.announced(subject, at: t(now), in: calendar).map(\.window.date)
        }
        #expect(announced(.plan(2), at: 0) == [date(10), date(12)])
        #expect(announced(.plan(2), at: 11 * Self.day) == [date(12)])
        #expect(announced(.window(2, date(11)), at: 0) == [])
        #expect(announced(.window(2, date(12)), at: 0) == [date(12)])
        #expect(announced(.extension(2, 1), at: 0) == [] && announced(.plan(7), at: 0) == [])
        #expect(record.deadline(of: .plan(2), at: t(0), in: calendar) == t(12 * Self.day))
        #expect(record.deadline(of: .window(2, date(11)), at: t(0), in: calendar) == .distantPast)
    }

    @Test func oneWindowOfMany() throws {
        let second = cancellation(2, 11, at: 10 * Self.day + 5)
        #expect(try record().facts(of: second, in: calendar) == [.maintenanceCancellation(second)])
        for (day, at) in [(10, 10 * Self.day + 5), (9, 1), (13, 1)] as [(Int64, Int64)] {
            #expect(throws: MaintenanceError.nothingToCancel(.window(2, date(day)))) {
                try record().facts(of: cancellation(2, day, at: at), in: calendar)
            }
        }
        // The plan goes while any of its windows lies ahead.
        let rest = cancellation(2, nil, at: 11 * Self.day + 5)
        #expect(try record().facts(of: rest, in: calendar) == [.maintenanceCancellation(rest)])
        #expect(throws: MaintenanceError.nothingToCancel(.plan(2))) {
            try record().facts(of: cancellation(2, nil, at: 12 * Self.day), in: calendar)
        }
    }

    private func more(_ until: Int64, plan: Int = 1, day: Int64 = 10) -> MaintenanceExtension {
        MaintenanceExtension(
            plan: plan, number: 0, date: date(day), until: t(until), at: t(5), by: "an", reason: "slow")
    }

    @Test func anExtensionIsLaterAndNotTooLong() throws {
        let (start, end) = (10 * Self.day, 10 * Self.day + Self.day / 24)
        for until in [end + 1, start + MaintenanceWindow.longest] {
            #expect(try record().facts(of: more(until), in: calendar) == [.maintenanceExtension(more(until))])
        }
        #expect(throws: MaintenanceError.notLater(.window(1, date(10)), end: t(end))) {
            try record().facts(of: more(end), in: calendar)
        }
        #expect(throws: MaintenanceError.tooLong(.window(1, date(10)))) {
            try record().facts(of: more(start + MaintenanceWindow.longest + 1), in: calendar)
        }
        #expect(throws: MaintenanceError.noWindow(.window(2, date(13)))) {
            try record().facts(of: more(13 * Self.day, plan: 2, day: 13), in: calendar)
        }
    }

    // MARK: - Notices

    private let mail = NoticeKey(subject: .plan(1), customer: "acme", channel: .email)

    private func notice(_ key: NoticeKey, _ outcome: Notice.Outcome? = nil) -> Notice {
        let attempts = outcome.map {
            [Notice.Attempt(at: t(2), by: "an", result: Notice.Result(at: t(3), outcome: $0, answer: ""))]
        }
        return Notice(
            number: 0, subject: key.subject, customer: key.customer, channel: key.channel, wantedAt: t(9),
            wantedBy: "binh", attempts: attempts ?? [])
    }

    private func wanted(_ keys: [NoticeKey], since notices: [Notice], _ record: MaintenanceRecord) -> [Fact] {
        record.facts(wanting: keys, since: notices, at: t(9), by: "binh")
    }

    @Test func aNoticeIsWantedOnceUnlessItWasRefused() throws {
        let site = NoticeKey(subject: .plan(1), customer: nil, channel: .website)
        let record = try record()
        #expect(wanted([mail, site, mail], since: [], record) == [.notice(notice(mail)), .notice(notice(site))])
        for outcome in [nil, .delivered, .deferred] as [Notice.Outcome?] {
            #expect(wanted([mail, site], since: [notice(mail, outcome)], record) == [.notice(notice(site))])
        }
        #expect(wanted([mail], since: [notice(mail, .refused)], record) == [.notice(notice(mail))])
        #expect(wanted([mail], since: [notice(mail, .refused), notice(mail)], record) == [])
        let byHand = NoticeDelivery(
            subject: .plan(1), customer: "acme", channel: .email, at: t(1), recordedAt: t(1), by: "an", answer: "")
        #expect(wanted([mail], since: [notice(mail, .refused)], try self.record(deliveries: [byHand])) == [])
    }

    @Test func aNoticeIsDueFromItsNextAttemptOn() {
        #expect(!notice(mail).isDue(at: t(8), before: t(100)))
        #expect(notice(mail).isDue(at: t(9), before: t(100)))
        #expect(!notice(mail, .delivered).isDue(at: t(1_000_000), before: .distantFuture))
    }
}
