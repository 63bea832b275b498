import SLAOracle
import Testing

@testable import SLA

/// A month of several services.
@Suite struct MonthlyReportTests {
    private static func report(_ exclusions: [Exclusion]) throws -> MonthlyReport {
        let agreement = Agreement(calendar: CivilCalendar(zone: .utc))
        let probe = ProbeSpecification(url: "tcp://a:1", scheme: .tcp, host: "a", port: 1)
        let services = [("web", "beta"), ("mail", "acme"), ("web2", "acme"), ("new", "acme")].map { id, customer in
            Service(
                id: id, customer: customer, paid: id == "new" ? .empty : set((-5, 1 << 50)),
                checks: [Check(probe: probe)])
        }
        let catalog = Catalog(
            agreement: agreement, customers: [Customer(id: "beta"), Customer(id: "acme")], services: services)
        let month = try #require(CivilMonth("1970-01"))
        return MonthlyReport(
            FigureInputs(month: month, asOf: t(100_000), catalog: catalog, exclusions: exclusions),
            timeline: { _, _ in
                ServiceTimeline(mode: .all, checks: [CheckTimeline(staleAfter: 1, confirm: 1).spans()])
            })
    }

    @Test func sortedByCustomerThenService() throws {
        #expect(try Self.report([]).figures.map(\.service.id) == ["mail", "new", "web2", "web"])
    }

    /// A refused exclusion is named once, with the services whose paid time it would have touched.
    @Test func refusedAreNamedOnce() throws {
        let refused = Exclusion(id: "r", category: .suspension, scope: [.all], interval: span(10, 20))
        let outside = Exclusion(id: "o", category: .suspension, scope: [.all], interval: span(100_000, 100_001))
        let admitted = Exclusion(
            id: "a", category: .suspension, scope: [.all], interval: span(10, 20), evidence: "letter")
        let named = try Self.report([outside, admitted, refused]).refused
        #expect(named.map(\.refused.exclusion.id) == ["r"])
        #expect(named.map(\.refused.refusal.description) == ["no evidence cited"])
        #expect(named.map { $0.services.sorted() } == [["mail", "web", "web2"]])
    }

    /// Each service is asked for its own exclusions, which are those that concern it, in their order.
    @Test func theIndexFindsWhatConcernsAService() {
        var random = SplitMix64(seed: 4)
        let terms: [ScopeTerm] = [
            .all, .service("a"), .service("b"), .customer("a"), .customer("x"), .group("g"), .group("h"), .group("a"),
        ]
        for _ in 0..<500 {
            let exclusions = (0..<random.number(0...8)).map { number in
                let scope = (0..<random.number(1...3)).map { _ in random.pick(terms) }
                return Exclusion(id: "e\(number)", category: .suspension, scope: scope, interval: span(0, 1))
            }
            let service = Service(
                id: random.pick(["a", "b", "c"]), customer: random.pick(["a", "x", "y"]),
                groups: random.pick([[], ["g"], ["g", "h"], ["a"]]), paid: .empty, checks: [])
            #expect(ExclusionIndex(exclusions).concerning(service) == exclusions.filter { $0.concerns(service) })
        }
    }
}
