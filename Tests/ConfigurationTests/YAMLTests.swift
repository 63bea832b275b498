import SLA
import Testing

@testable import Configuration

@Test func anchorsAndMergeKeysAreResolved() throws {
    let directory = try TemporaryDirectory()
    try directory.write(
        """
        agreement: {timezone: UTC}
        customers: [{id: acme}]
        services:
          - &web {id: a, customer: acme, paid: &paid [{from: 2026-01-01}], url: https://a.example, interval: 5s}
          - {<<: *web, id: b, url: https://b.example}
          - {id: c, <<: [{interval: 7s}, *web], paid: *paid}

        """, to: "availd.yaml")
    let services = try directory.load().catalog.services
    #expect(services.map(\.id) == ["a", "b", "c"])
    #expect(services.flatMap(\.checks).map(\.probe.host) == ["a.example", "b.example", "a.example"])
    #expect(services.flatMap(\.checks).map(\.interval) == [5000, 5000, 7000])
    #expect(Set(services.map(\.paid)).count == 1)
}

@Test func aDecimalKeepsItsSpelling() throws {
    let directory = try TemporaryDirectory()
    for spelling in ["99", "99.0", "99.950", "100", "0.001", "'99.9'"] {
        try directory.write("agreement: {timezone: UTC, objective: \(spelling)}\n", to: "availd.yaml")
        let objective = try directory.load().catalog.agreement.objective
        #expect(objective.description == spelling.filter { $0 != "'" })
    }
}

@Test func datesAreOfTheAgreementsZone() throws {
    let directory = try TemporaryDirectory()
    try directory.write(
        """
        agreement: {timezone: America/Sao_Paulo}
        customers: [{id: a}]
        services:
          - id: b
            customer: a
            url: https://a.example
            paid:
              - {from: 2026-01-01T00:00:00.5+07:00, to: "2026-02-01"}
              - {from: 2018-11-04, to: 2018-11-05}
              - {from: 2026-01-15, to: 2026-03-01}

        """, to: "availd.yaml")
    let paid = try #require(try directory.load().catalog.service("b")?.paid)
    // On 2018-11-04 Brazil's clocks went from midnight to one: the day had 23 hours. The other two overlap.
    let expected = [
        ("2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"), ("2025-12-31T17:00:00.500Z", "2026-03-01T03:00:00Z"),
    ]
    let intervals = expected.compactMap { from, to in
        RFC3339.instant(from).flatMap { start in RFC3339.instant(to).flatMap { Interval(start, $0) } }
    }
    #expect(paid == IntervalSet(intervals))
    #expect(intervals.count == 2)
}

@Test func everyDuplicateOfAKeyIsFound() throws {
    let directory = try TemporaryDirectory()
    try directory.write(
        "agreement: {timezone: UTC, timezone: UTC}\ncustomers:\n  - {'id': a, \"id\": b, id: c}\n  - ? id\n    : d\n    id: e\n",
        to: "availd.yaml")
    #expect(
        directory.mistakes() == """
            availd.yaml:1: agreement.timezone: duplicate key, first on line 1
            availd.yaml:3: customers[0].id: duplicate key, first on line 3
            availd.yaml:6: customers[1].id: duplicate key, first on line 4
            """)
}

@Test(
    arguments: [
        ("https://ACME.example", "https://acme.example/", "acme.example", 443),
        ("HTTP://acme.example:8080/a%20b?x=1&y", "http://acme.example:8080/a%20b?x=1&y", "acme.example", 8080),
        ("http://acme.example?x", "http://acme.example/?x", "acme.example", 80),
        ("https://[2001:DB8::1]/", "https://[2001:db8::1]/", "2001:db8::1", 443),
        ("tcp://192.0.2.1:22", "tcp://192.0.2.1:22", "192.0.2.1", 22),
        ("smtp://mx_1.acme.example/", "smtp://mx_1.acme.example", "mx_1.acme.example", 25),
        ("https://Bücher.example/", "https://xn--bcher-kva.example/", "xn--bcher-kva.example", 443),
        ("tcp://tên-miền.vn:25", "tcp://xn--tn-min-iva0322d.vn:25", "xn--tn-min-iva0322d.vn", 25),
        ("imaps://xn--bcher-kva.example.", "imaps://xn--bcher-kva.example.", "xn--bcher-kva.example.", 993),
    ] as [(String, String, String, Int)])
func anAddressIsTakenApart(_ text: String, _ url: String, _ host: String, _ port: Int) throws {
    let parsed = try ProbeURL(text)
    #expect(parsed.text == url)
    #expect(parsed.host == host)
    #expect(parsed.port == port)
}

@Test(arguments: [
    "", "://", "https://", "https:/acme.example", "https://a..b/", "https://a b/", "https://[::1/", "https://[::1]x/",
    "https://[fe80::1%25eth0]/", "https://010.0.0.1/", "https://1.2.3/", "https://0x7f.1/", "https://a:0/",
    "https://a:+80/", "https://a:080/", "https://a\\b/", "https://a/\u{7F}", "https://a/é", "https://a/\n", "tcp://a",
    "https://[]/", "https://[127.0.0.1]/", "https://ü..vn/", "https://xn--ü.vn/", "https://-a/", "https://a-/",
    "https://a@b/", "file:///etc/passwd",
])
func whatIsNoAddressIsRefused(_ text: String) {
    #expect(throws: ProbeURL.Mistake.self) { try ProbeURL(text) }
}
