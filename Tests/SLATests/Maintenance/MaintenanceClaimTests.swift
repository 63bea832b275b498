import SLAOracle
import Testing

@testable import SLA

/// From plans and notices to exclusions (clauses 3.1, 6.1, 6.2): who was told by when, and what follows.
@Suite struct MaintenanceClaimTests {
    private static let hour: Int64 = 3_600_000
    /// The window of plan 1 is [100 h, 104 h).
    private static let start = 100 * hour

    private static let catalog: Catalog = {
        func service(_ id: String, _ customer: String, _ groups: Set<String>) -> Service {
            Service(
                id: id, customer: customer, groups: groups,
                paid: IntervalSet(Interval(.distantPast, .distantFuture)),
                checks: [Check(probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))])
        }
        return Catalog(
            agreement: Agreement(calendar: CivilCalendar(zone: .utc)),
            customers: [Customer(id: "acme", isVIP: true), Customer(id: "beta"), Customer(id: "gone")],
            services: [
                service("a-web", "acme", ["rack"]), service("a-mail", "acme", []), service("b-web", "beta", ["rack"]),
            ])
    }()

    private func plan(_ kind: MaintenanceKind = .scheduled, at: Int64 = 0) -> MaintenancePlan {
        MaintenancePlan(
            number: 1, kind: kind, scope: [.group("rack")],
            recurrence: .once(span(Self.start, Self.start + 4 * Self.hour)),
            reason: "new disks", plannedAt: t(at), plannedBy: "lan")
    }

    private func done(
        _ channel: NoticeChannel, _ customer: String? = nil, at: Int64, recordedAt: Int64? = nil,
        about subject: NoticeSubject = .plan(1)
    ) -> NoticeDelivery {
        NoticeDelivery(
            subject: subject, customer: customer, channel: channel, at: t(at), recordedAt: t(recordedAt ?? at),
            by: "lan", answer: "250 OK")
    }

    /// Everyone was told by all channels at `at`.
    private func announced(at: Int64, about subject: NoticeSubject = .plan(1)) -> [NoticeDelivery] {
        [
            done(.website, at: at, about: subject), done(.fanPage, at: at, about: subject),
            done(.email, "acme", at: at, about: subject), done(.email, "beta", at: at, about: subject),
            done(.direct, "acme", at: at, about: subject),
        ]
    }

    private func claims(_ record: MaintenanceRecord, asOf: Int64 = Self.start) -> [MaintenanceClaim] {
        record.claims(
            overlapping: span(0, 1_000_000 * Self.hour), catalog: Self.catalog, asOf: t(asOf))
    }

    private func refusals(_ record: MaintenanceRecord, asOf: Int64 = Self.start) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: claims(record, asOf: asOf).map {
                ($0.exclusion.id, $0.exclusion.refusal(under: Self.catalog.agreement)?.description ?? "admitted")
            })
    }

    @Test func eachAffectedCustomerHasAClaimOfItsOwnServices() {
        let found = claims(MaintenanceRecord(plans: [plan()], deliveries: announced(at: 10)))
        #expect(found.map(\.exclusion.id) == ["M1.1970-01-05.acme", "M1.1970-01-05.beta"])
        #expect(found.map(\.exclusion.scope) == [[.service("a-web")], [.service("b-web")]])
        #expect(found.allSatisfy { $0.exclusion.category == .scheduledMaintenance && $0.missing.isEmpty })
        #expect(found.allSatisfy { $0.exclusion.noticeAt == t(10) && $0.exclusion.recordedAt == t(0) })
    }

    /// The instant that counts is that of the last required channel, and each customer has its own.
    @Test func theLastRequiredChannelCounts() {
        let inTime = Self.start - 24 * Self.hour
        var deliveries = announced(at: inTime)
        #expect(
            refusals(MaintenanceRecord(plans: [plan()], deliveries: deliveries))
                == ["M1.1970-01-05.acme": "admitted", "M1.1970-01-05.beta": "admitted"])
        deliveries.removeLast()
        deliveries.append(done(.direct, "acme", at: inTime + 1))
        #expect(
            refusals(MaintenanceRecord(plans: [plan()], deliveries: deliveries)) == [
                "M1.1970-01-05.acme": "notice 23 h 59 min 59.999 s before the start, 24 h required",
                "M1.1970-01-05.beta": "admitted",
            ])
        // Told twice, the first counts.
        deliveries.append(done(.direct, "acme", at: inTime))
        #expect(
            refusals(MaintenanceRecord(plans: [plan()], deliveries: deliveries))["M1.1970-01-05.acme"] == "admitted")
    }

    @Test(arguments: NoticeChannel.allCases)
    func withoutAnyOneChannelThereIsNoNotice(channel: NoticeChannel) {
        let found = claims(
            MaintenanceRecord(plans: [plan()], deliveries: announced(at: 10).filter { $0.channel != channel }))
        #expect(found[0].missing == [channel] && found[0].exclusion.noticeAt == nil)
        #expect(found[1].missing == (channel == .direct ? [] : [channel]))
    }

    @Test func oneCustomersNoticeIsNotAnothers() {
        let deliveries = announced(at: 10).filter { $0.customer != "beta" }
        let found = claims(MaintenanceRecord(plans: [plan()], deliveries: deliveries))
        #expect(found.map(\.missing) == [[], [.email]])
    }

    /// What was recorded after `asOf` does not exist yet: neither the plan, nor the notice, nor the cancellation.
    @Test func everythingRespectsAsOf() {
        var record = MaintenanceRecord(plans: [plan(at: 5)], deliveries: announced(at: 10))
        record.cancellations = [MaintenanceCancellation(plan: 1, date: nil, at: t(20), by: "lan", reason: "r")]
        #expect(claims(record, asOf: 4).isEmpty)
        #expect(claims(record, asOf: 9).allSatisfy { $0.exclusion.noticeAt == nil })
        #expect(claims(record, asOf: 10).allSatisfy { $0.exclusion.noticeAt == t(10) })
        #expect(claims(record, asOf: 19).allSatisfy { $0.exclusion.isInForce(asOf: t(19)) })
        #expect(claims(record, asOf: 20).allSatisfy { !$0.exclusion.isInForce(asOf: t(20)) })
        // A telephone call that is written down late was not known before.
        record = MaintenanceRecord(
            plans: [plan()],
            deliveries: announced(at: 10).dropLast() + [
                done(.direct, "acme", at: 10, recordedAt: 30)
            ])
        #expect(claims(record, asOf: 29)[0].missing == [.direct])
        #expect(claims(record, asOf: 30)[0].exclusion.noticeAt == t(10))
    }

    @Test func whatHasBegunIsNotTakenBack() throws {
        let weekly = MaintenancePlan(
            number: 1, kind: .scheduled, scope: [.all],
            recurrence: .series(
                WindowSeries(
                    days: .weekly([.monday]), start: try #require(WallTime("02:00")),
                    end: try #require(WallTime("04:00")), first: try #require(CivilDate("1970-01-05")),
                    last: CivilDate("1970-01-19"))),
            reason: "r", plannedAt: t(0), plannedBy: "lan")
        // Under way on the 5th, the 12th and the 19th ahead.
        let at = 4 * 24 * Self.hour + 3 * Self.hour
        let record = MaintenanceRecord(
            plans: [weekly],
            cancellations: [MaintenanceCancellation(plan: 1, date: nil, at: t(at), by: "lan", reason: "r")])
        let windows = record.windows(overlapping: span(0, 1_000 * Self.hour), in: Self.catalog.agreement.calendar)
        #expect(windows.map(\.id) == ["M1.1970-01-05", "M1.1970-01-12", "M1.1970-01-19"])
        #expect(windows.map { $0.cancellation == nil } == [true, false, false])
    }

    /// An extension is a new announcement: it claims the added time alone, and what overruns is not excluded.
    @Test func anExtensionHasANoticeOfItsOwn() throws {
        let end = Self.start + 4 * Self.hour
        let date = try #require(CivilDate("1970-01-05"))
        let added = MaintenanceExtension(
            plan: 1, number: 1, date: date, until: t(end + Self.hour), at: t(Self.start), by: "lan", reason: "slow")
        var record = MaintenanceRecord(plans: [plan(.emergency)], extensions: [added], deliveries: announced(at: 10))
        var found = claims(record, asOf: end)
        #expect(found.map(\.exclusion.interval.start) == [t(Self.start), t(Self.start), t(end), t(end)])
        #expect(found[2].exclusion.id == "M1.1970-01-05.x1.acme" && found[2].exclusion.noticeAt == nil)
        #expect(found[2].exclusion.recordedAt == t(Self.start) && found[2].noticeDue == t(end - Self.hour))
        record.deliveries += announced(at: end - Self.hour, about: .extension(1, 1))
        found = claims(record, asOf: end)
        #expect(found.allSatisfy { $0.exclusion.refusal(under: Self.catalog.agreement) == nil })
        #expect(found[2].exclusion.interval == span(end, end + Self.hour))
    }

    @Test func aNoticeOfOneWindowIsOfThatWindow() throws {
        let date = try #require(CivilDate("1970-01-05"))
        let other = try #require(CivilDate("1970-01-06"))
        for (told, isGiven) in [(date, true), (other, false)] {
            let record = MaintenanceRecord(plans: [plan()], deliveries: announced(at: 10, about: .window(1, told)))
            #expect(claims(record).allSatisfy { ($0.exclusion.noticeAt != nil) == isGiven })
        }
    }

    /// Identifiers stay readable to `replay`, which takes 64 characters.
    @Test func identifiersKeepTheirLength() throws {
        let long = String(repeating: "k", count: 64)
        let service = Service(
            id: "s", customer: long, paid: IntervalSet(Interval(.distantPast, .distantFuture)),
            checks: Self.catalog.services[0].checks)
        let catalog = Catalog(
            agreement: Self.catalog.agreement, customers: [Customer(id: long)], services: [service])
        var all = plan()
        all.scope = [.all]
        let found = MaintenanceRecord(plans: [all]).claims(
            overlapping: span(0, 1_000 * Self.hour), catalog: catalog, asOf: t(1))
        #expect(found.map { $0.exclusion.id.count <= 64 } == [true])
    }
}
