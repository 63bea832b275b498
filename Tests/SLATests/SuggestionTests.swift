import SLA
import SLAOracle
import Testing
import Wording

/// Proposals for outages: each rule with what it takes, and what takes it away.
@Suite struct SuggestionTests {
    private func at(_ minute: Int64) -> Instant { Instant(milliseconds: minute * 60_000) }

    private func span(_ from: Int64, _ to: Int64) -> Interval? { Interval(at(from), at(to)) }

    private func service(
        _ id: String, groups: Set<String> = [], _ responsibility: Responsibility = Responsibility()
    ) -> Service {
        Service(
            id: id, customer: "acme", groups: groups, paid: IntervalSet(Interval(.distantPast, .distantFuture)),
            checks: [
                Check(probe: ProbeSpecification(url: "https://h/", scheme: .https, host: "h", port: 443))
            ], responsibility: responsibility)
    }

    /// An outage of ten minutes whose failed probes gave `causes`.
    private func evidence(
        _ service: Service, _ causes: [Cause: Int], addresses: Set<String> = [], foreign: Set<String> = []
    ) throws -> OutageEvidence {
        let outage = try #require(span(10, 20))
        return OutageEvidence(
            service: service, outage: outage, down: outage.length, causes: causes, addresses: addresses,
            foreignAddresses: foreign)
    }

    private let own = Responsibility(addresses: ["192.0.2.0/24"], certificate: .customer, carrier: "vnpt")

    @Test func anOutageOfOurOwnIsNotSuggested() throws {
        let evidence = try evidence(service("web", own), [.connection(.refused): 10], addresses: ["192.0.2.7"])
        #expect(Suggestion(evidence, among: []) == nil)
    }

    @Test func aNameThatIsGoneIsTheCustomersCase() throws {
        let evidence = try evidence(
            service("web"), [.name(host: "acme.example", lacks: .existence): 9, .connection(.refused): 1])
        let suggestion = try #require(Suggestion(evidence, among: []))
        #expect(suggestion.category == .customerMisconfiguration)
        #expect(suggestion.reasons.first?.english == "9 of 10 failed probes: name does not exist: acme.example")
        #expect(suggestion.down == 600_000)
    }

    @Test func aNameThatPointsElsewhereIsTheCustomersCase() throws {
        let evidence = try evidence(
            service("web", own), [.connection(.refused): 3], addresses: ["203.0.113.9"], foreign: ["203.0.113.9"])
        #expect(
            Suggestion(evidence, among: [])?.reasons.map(\.english) == [
                "the name points to 203.0.113.9, not to 192.0.2.0/24"
            ])
        // One probe that still came to us says that the name was not the fault.
        let mixed = try self.evidence(
            service("web", own), [.connection(.refused): 3], addresses: ["203.0.113.9", "192.0.2.7"],
            foreign: ["203.0.113.9"])
        #expect(Suggestion(mixed, among: []) == nil)
    }

    @Test(
        arguments: [
            .certificate(.expired(since: 3 * 86_400_000, issuer: false)),
            .certificate(.expired(since: 2 * 3_600_000, issuer: true)),
            .certificate(.otherNames(host: "acme.example")),
        ] as [Cause])
    func aCertificateIsTheCustomersCaseWhereTheCustomerKeepsIt(_ cause: Cause) throws {
        #expect(
            Suggestion(try evidence(service("web", own), [cause: 5]), among: [])?.category == .customerMisconfiguration)
        var ours = own
        ours.certificate = .provider
        #expect(Suggestion(try evidence(service("web", ours), [cause: 5]), among: []) == nil)
        #expect(Suggestion(try evidence(service("web"), [cause: 5]), among: []) == nil)
    }

    @Test(arguments: [520, 521, 522, 523, 524, 525, 526, 527, 530])
    func aDeliveryNetworksPageIsAThirdPartys(_ status: Int) throws {
        let causes = [Cause.unexpected(.status(status, expected: [200...399])): 5]
        let elsewhere = try evidence(
            service("web", own), causes, addresses: ["104.16.0.1"], foreign: ["104.16.0.1"])
        let suggestion = try #require(Suggestion(elsewhere, among: []))
        #expect(suggestion.category == .thirdParty)
        #expect(suggestion.reasons.map(\.english).contains("it came from 104.16.0.1, which is not ours"))
        // From an address of ours, the page was made here.
        #expect(Suggestion(try evidence(service("web", own), causes, addresses: ["192.0.2.7"]), among: []) == nil)
    }

    @Test(arguments: [500, 502, 503, 504, 519, 528, 529, 5220])
    func anotherStatusIsOurs(_ status: Int) throws {
        #expect(
            Suggestion(
                try evidence(service("web"), [Cause.unexpected(.status(status, expected: [200...399])): 5]), among: [])
                == nil)
    }

    /// Of causes that are as frequent, one is shown, and always the same: that whose own text comes first.
    @Test func theExampleIsTheSameEachTime() throws {
        let hosts: [Excerpt] = ["a.example", "b.example", "c.example", "d.example", "e.example"]
        var generator = SplitMix64(seed: 8)
        for _ in 0..<100 {
            // However the causes come in, and however much room there is for them.
            var causes: [Cause: Int] = [:]
            causes.reserveCapacity(Int(generator.number(0...500)))
            for host in hosts.shuffled(using: &generator) { causes[.name(host: host, lacks: .existence)] = 3 }
            causes[.name(host: "0.example", lacks: .existence)] = 2
            let suggestion = try #require(Suggestion(try evidence(service("web"), causes), among: []))
            #expect(
                suggestion.reasons.first?.english == "17 of 17 failed probes: name does not exist: a.example")
        }
    }

    @Test func halfOfTheProbesIsNoMajority() throws {
        let causes = [Cause.unexpected(.status(522, expected: [200...399])): 5, .connection(.refused): 5]
        #expect(Suggestion(try evidence(service("web"), causes), among: []) == nil)
    }

    @Test func whatIsExcludedAlreadyIsNotSuggested() throws {
        var evidence = try evidence(service("web"), [.text("status 522"): 5])
        evidence.down = 0
        #expect(Suggestion(evidence, among: []) == nil)
    }

    // minute   0        10    12        18    20       30
    // a                 ├─────────down────────┤
    // b                       ├──down──┤
    // c                 ├─────────down────────┤
    // d        ├──────────────────up───────────────────┤
    private func neighbours(_ make: (String) -> Service) -> [MeasuredService] {
        [("a", 10, 20), ("b", 12, 18), ("c", 10, 20)].map { id, from, to in
            MeasuredService(service: make(id), down: IntervalSet(span(from, to)), up: .empty, addresses: ["192.0.2.7"])
        } + [MeasuredService(service: service("d"), down: .empty, up: IntervalSet(span(0, 30)))]
    }

    @Test func everythingBehindOneCarrierIsAThirdPartys() throws {
        let all = neighbours { service($0, Responsibility(carrier: "vnpt")) }
        let evidence = try evidence(all[0].service, [.connection(.timedOut): 9])
        #expect(
            Suggestion(evidence, among: all)?.reasons.map(\.english) == [
                "all 3 services behind the carrier vnpt were down at once for 6 min, while 1 other was up"
            ])
        // Where nothing else was up, it was all of us, or the monitor.
        #expect(Suggestion(evidence, among: Array(all.prefix(3))) == nil)
        // Two are a coincidence.
        #expect(Suggestion(evidence, among: [all[0], all[2], all[3]]) == nil)
        // One that was up all the while was not lost with the rest.
        var survivor = all
        survivor[1].down = .empty
        #expect(Suggestion(evidence, among: survivor) == nil)
    }

    @Test func everythingInOneGroupOrOnOneAddressIsSuggestedWithCare() throws {
        let grouped = neighbours { service($0, groups: ["rack-3"]) }
        let inGroup = try evidence(grouped[0].service, [.connection(.timedOut): 9])
        #expect(Suggestion(inGroup, among: grouped)?.reasons.first?.english.contains("in the group rack-3") == true)
        #expect(Suggestion(inGroup, among: grouped)?.reasons.count == 2)
        let alone = neighbours { service($0) }
        let onAddress = try evidence(
            alone[0].service, [.connection(.timedOut): 9], addresses: ["192.0.2.7"])
        #expect(
            Suggestion(onAddress, among: alone)?.reasons.first?.english.contains("on the address 192.0.2.7") == true)
    }
}
