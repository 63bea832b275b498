import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor
@testable import UseCases

/// Suggestions from what the ledger has: addresses are held against the configuration's.
@Suite struct LedgerSuggestionTests {
    private let folder = StateFolder()
    private let start = Instant(milliseconds: 1_790_812_800_000)

    @Test func anAddressThatIsNotOursIsAReason() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        var configured = catalog.services
        for index in configured.indices {
            configured[index].responsibility = Responsibility(addresses: ["192.0.2.0/24", "2001:db8::/32"])
        }
        let known = Catalog(agreement: catalog.agreement, customers: catalog.customers, services: configured)
        func observations(_ service: String, _ address: String) -> [Observation] {
            (0..<20).map { (second: Int64) in
                var one = observation(service, start + second * 1000, (5..<10).contains(second) ? .down : .up)
                if one.sample.state == .down { (one.address, one.cause) = (address, .connection(.refused)) }
                return one
            }
        }
        try ledger.commit(Batch(observations: observations("web", "203.0.113.9") + observations("api", "2001:db8::7")))
        func suggestions(_ asOf: Instant, of services: Set<String>? = nil) throws -> [Suggestion] {
            try ledger.read {
                try $0.suggestions(
                    of: services, in: catalog.agreement.calendar.month(containing: start), asOf: asOf, configured: known
                )
            }
        }
        let found = try suggestions(start + 60_000)
        #expect(found.map(\.service) == ["web"])
        #expect(found.first?.category == .customerMisconfiguration)
        #expect(found.first?.outage == Interval(start + 5000, start + 10_000))
        #expect(found.first?.down == 5000)
        #expect(try suggestions(start + 60_000, of: ["api"]).isEmpty)
        #expect(try suggestions(start + 4000).isEmpty)

        // Once it is excluded, there is nothing left to take away.
        let interval = try #require(Interval(start + 5000, start + 10_000))
        try ledger.record(
            Exclusion(
                id: "E1", category: .customerMisconfiguration, scope: [.service("web")], interval: interval,
                evidence: "ticket", recordedAt: start + 61_000))
        #expect(try suggestions(start + 62_000).isEmpty)
        #expect(try suggestions(start + 60_000).count == 1)
    }
}
