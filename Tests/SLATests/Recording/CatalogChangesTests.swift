import SLAOracle
import Testing
import Wording

@testable import SLA

/// What a configuration changes, in words.
@Suite struct CatalogChangesTests {
    private func check(
        _ id: String = "default", _ url: String = "tcp://h:1", interval: Milliseconds = 60_000, counts: Bool = true
    ) -> Check {
        Check(
            id: id, interval: interval, counts: counts,
            probe: ProbeSpecification(url: url, scheme: .tcp, host: "h", port: 1))
    }

    private func service(_ id: String, _ checks: [Check], customer: String = "acme") -> Service {
        Service(id: id, customer: customer, paid: IntervalSet(Interval(t(0), .distantFuture)), checks: checks)
    }

    private func catalog(_ services: [Service], _ agreement: Agreement? = nil) -> Catalog {
        Catalog(
            agreement: agreement ?? Agreement(calendar: CivilCalendar(zone: .utc)),
            customers: [Customer(id: "acme"), Customer(id: "bora")], services: services)
    }

    private func lines(
        _ old: [Service], _ new: [Service], isDown: (CheckID) -> Bool = { _ in false }
    ) -> [String] {
        let before = catalog(old)
        return catalog(new).changes(
            from: before.agreement, customers: ["acme": Customer(id: "acme"), "bora": Customer(id: "bora")],
            services: Dictionary(uniqueKeysWithValues: before.services.map { ($0.id, $0.withoutProbes) }),
            isDown: isDown
        ).map { $0.english(in: .utc) }
    }

    @Test func whatIsTheSameChangesNothing() {
        #expect(lines([service("web", [check()])], [service("web", [check()])]) == [])
    }

    @Test func aCheckIsAddedDroppedFasterAndSlower() {
        let old = [service("web", [check(), check("imap", "tcp://i:1")])]
        #expect(
            lines(old, [service("web", [check(interval: 30_000), check("pop", "tcp://p:1")])]) == [
                "web, check imap: dropped",
                "web, check default: interval 30s, was 1m: faster",
                "web, check default: stale_after 1m10s, was 2m10s",
                "web, check pop: new: part of its service from its first sample on",
            ])
        #expect(
            lines([service("web", [check(interval: 30_000)])], [service("web", [check()])]).first
                == "web, check default: interval 1m, was 30s: slower")
    }

    /// What leaves while it is down leaves a hole, and no clean month.
    @Test func whatLeavesWhileItIsDownIsSaidToLeaveAHole() {
        let old = [service("web", [check(), check("imap", "tcp://i:1")])]
        func isDown(_ id: CheckID) -> Bool { id.check == "imap" }
        #expect(
            lines(old, [service("web", [check()])], isDown: isDown) == [
                "web, check imap: dropped while it was down: its service is unmeasured until the month's end, not up"
            ])
        #expect(
            lines(old, [service("web", [check(), check("imap", "tcp://i:1", counts: false)])], isDown: isDown) == [
                "web, check imap: counts false, was true; it was down: its service is unmeasured until the month's "
                    + "end, not up"
            ])
        #expect(
            lines(old, [], isDown: isDown) == [
                "web: dropped while it was down: its paid time ends, unless the billing system says otherwise; what "
                    + "follows is unmeasured, not up"
            ])
    }

    @Test func modeCustomerGroupsPriceAndPaidTime() {
        let old = service("web", [check()])
        var new = old
        new.mode = .any
        new.customer = "bora"
        new.groups = ["rack-3", "hanoi"]
        new.price = ExactDecimal(1_200_000)
        new.paid = IntervalSet(Interval(t(1000), t(2000)))
        #expect(
            lines([old], [new]) == [
                "web: customer bora, was acme",
                "web: groups hanoi rack-3, was nothing",
                "web: price 1\u{202F}200\u{202F}000, was nothing",
                "web: mode any, was all: begins when the service is next up by the old one",
                "web: no longer paid for from 1970-01-01T00:00:00Z to 1970-01-01T00:00:01Z, "
                    + "from 1970-01-01T00:00:02Z on",
            ])
    }

    @Test func aServiceUnderAnotherNameIsSaidToLookLikeIt() {
        #expect(
            lines([service("web", [check()])], [service("shop", [check()])]) == [
                "web: dropped: its paid time ends, unless the billing system says otherwise",
                "shop: new",
                "shop: looks like web under another name: its past, its paid time and its incidents stay with web; "
                    + "this one begins anew",
            ])
        // Also where something else is another, as long as only one asks the same for the same customer.
        #expect(
            lines([service("web", [check()])], [service("shop", [check(interval: 30_000)])])
                .contains { $0.hasPrefix("shop: looks like web") })
        let others = [service("web", [check()], customer: "bora")]
        #expect(!lines(others, [service("shop", [check()])]).contains { $0.contains("looks like") })
    }

    /// Of several that ask the same, the one that is the same in everything is meant; else nobody can tell.
    @Test func nothingIsGuessed() {
        let old = [service("a", [check()]), service("b", [check(interval: 30_000)])]
        let both = lines(old, [service("x", [check()]), service("y", [check(interval: 30_000)])])
        let guesses = both.filter { $0.contains("looks like") }.compactMap { $0.split(separator: " under").first }
        #expect(guesses == ["x: looks like a", "y: looks like b"])
        #expect(!lines(old, [service("x", [check(interval: 5000)])]).contains { $0.contains("looks like") })
    }

    @Test func theAgreementSaysFromWhenItJudges() {
        var next = Agreement(calendar: CivilCalendar(zone: .utc))
        next.objective = ExactDecimal("99.5") ?? next.objective
        next.notice.emergency = 7_200_000
        next.handling.restDays = [.sunday]
        next.compensation.tiers = [Compensation.Tier(below: ExactDecimal(99), percent: ExactDecimal(10))]
        let changes = catalog([], next).changes(
            from: Agreement(calendar: CivilCalendar(zone: .utc)),
            customers: ["acme": Customer(id: "acme"), "bora": Customer(id: "bora")], services: [:],
            isDown: { _ in false })
        #expect(
            changes.map { $0.english(in: .utc) } == [
                "agreement: objective 99.5, was 99: judges from the next month on where a month has begun",
                "agreement: notice.emergency 2h, was 1h: for notices that are given from now on",
                "agreement: handling.rest_days sunday, was saturday, sunday: for incidents that open from now on",
                "agreement: tiers 10 % below 99 %, was nothing: judges from the next month on where a month has begun",
            ])
    }

    @Test func customersComeAndGo() {
        let changes = catalog([]).changes(
            from: nil,
            customers: ["acme": Customer(id: "acme", name: "Acme", isVIP: true), "gone": Customer(id: "gone")],
            services: [:], isDown: { _ in false })
        #expect(
            changes.map { $0.english(in: .utc) } == [
                "customer gone: dropped", "customer acme: name nothing, was Acme", "customer acme: vip false, was true",
                "customer bora: new",
            ])
    }

    /// Ten thousand services are held against as many others by their keys.
    @Test func manyAreHeldAgainstMany() {
        func many(_ prefix: String) -> [Service] {
            (0..<10_000).map { service("\(prefix)\($0)", [check("default", "tcp://h\($0):1")]) }
        }
        let changes = lines(many("a"), many("b"))
        #expect(changes.count == 30_000)
        #expect(changes.last?.hasPrefix("b9999: looks like a9999 under another name") == true)
    }
}
