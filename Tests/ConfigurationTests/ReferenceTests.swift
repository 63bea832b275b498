import SLA
import Testing

@testable import Configuration

/// What references may be, over which families they are asked, how often, and what they leave open.
@Suite struct ReferenceTests {
    private func load(_ references: String, services: String, provider: String = "{}") throws -> Configuration {
        let directory = try TemporaryDirectory()
        try directory.write(
            """
            provider: \(provider)
            agreement: {timezone: UTC}
            customers: [{id: acme}]
            services: [\(services)]
            probing: {references: \(references)}
            """, to: "availd.yaml")
        return try directory.load(secrets: .ignored)
    }

    private func service(_ id: String, _ url: String, _ more: String = "") -> String {
        "{id: \(id), customer: acme, paid: [{from: 2026-01-01}], url: \"\(url)\"\(more)}"
    }

    @Test func aNameIsAskedOverEveryFamilyInUse() throws {
        func families(_ services: String) throws -> [String] {
            try load("[\"tcp://r.example:1\", \"tcp://192.0.2.1:1\", \"tcp://[2001:db8::1]:1\"]", services: services)
                .references.map { "\($0.family.name) \($0.check.probe.host)" }
        }
        let literals = ["ipv4 192.0.2.1", "ipv6 2001:db8::1"]
        #expect(try families(service("a", "tcp://198.51.100.1:1")) == ["ipv4 r.example"] + literals)
        #expect(try families(service("a", "tcp://[2001:db8::2]:1")) == ["ipv6 r.example"] + literals)
        #expect(
            try families(service("a", "tcp://acme.example:1")) == ["ipv4 r.example", "ipv6 r.example"] + literals)
        #expect(
            try families(service("a", "tcp://acme.example:1", ", family: ipv6")) == ["ipv6 r.example"] + literals)
    }

    @Test func referencesKeepTheRhythmOfTheBusiestCheck() throws {
        let references = try load(
            "[\"tcp://192.0.2.1:1\"]",
            services: service("a", "tcp://198.51.100.1:1", ", interval: 5s, timeout: 3s, retry_interval: 2s") + ", "
                + service("b", "tcp://198.51.100.2:1")
        ).references
        let check = try #require(references.first?.check)
        #expect([check.interval, check.timeout, check.retryInterval] == [5000, 3000, 2000])
        #expect(references.allSatisfy { $0.id.isOfReference && !$0.isNamed })
    }

    @Test(arguments: [
        ("[\"tcp://203.0.113.7:1\"]", "203.0.113.7 lies in provider.networks (203.0.113.0/24)"),
        ("[\"https://www.Example.vn/\"]", "www.example.vn lies in provider.zones (example.vn)"),
        ("[\"tcp://[::ffff:203.0.113.7]:1\"]", "::ffff:203.0.113.7 lies in provider.networks (203.0.113.0/24)"),
        ("[\"https://www.example.vn./\"]", "www.example.vn. lies in provider.zones (example.vn)"),
        ("[\"https://example.vn/\"]", "example.vn lies in provider.zones (example.vn)"),
        ("[\"tcp://192.0.2.1:1\", \"tcp://192.0.2.1:1\"]", "tcp://192.0.2.1:1 a second time"),
        ("[\"192.0.2.1\"]", "found \"192.0.2.1\", expected an address"),
        ("[\"htps://a.example/\"]", "found the scheme \"htps\", expected one of"),
        ("[[a]]", "found a list, expected an address, as https://www.example.net/"),
    ])
    func whatIsNoReferenceIsRefused(_ references: String, _ message: String) throws {
        let error = #expect(throws: ConfigurationError.self) {
            _ = try load(
                references, services: service("a", "tcp://198.51.100.1:1"),
                provider: "{networks: [203.0.113.0/24], zones: [Example.VN.]}")
        }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        ("[]", ["probing.references is missing"]),
        ("[\"tcp://192.0.2.1:1\", \"tcp://198.51.100.1:1\", \"tcp://r.example:1\"]", []),
        ("[\"tcp://192.0.2.1:1\", \"tcp://192.0.2.2:1\"]", ["lies in 192.0.2.0/24", "no reference is a name"]),
        ("[\"tcp://192.0.2.1:1\"]", ["1 reference for IPv4", "no reference is a name"]),
        ("[\"tcp://r.example:1\", \"tcp://q.example:1\"]", ["every reference for IPv4 is a name"]),
        ("[\"tcp://[2001:db8::1]:1\"]", ["no reference for IPv4", "no reference is a name"]),
    ])
    func theyAreRemarkedUpon(_ references: String, _ remarks: [String]) throws {
        let plan = try load(references, services: service("a", "tcp://acme.example:1")).plan
        #expect(plan.referenceRemarks.count == remarks.count)
        for (found, expected) in zip(plan.referenceRemarks, remarks) {
            #expect("\(found)".contains(expected), "\(found)")
        }
    }

    @Test func whoWatchesNothingNeedsNone() throws {
        #expect(try load("[]", services: "").plan.referenceRemarks.isEmpty)
    }
}
