import SLA
import Testing

@testable import Configuration

private func directory(inventory: String) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try directory.write(
        "agreement: {timezone: UTC}\ncustomers: [{id: acme}]\ninventory: [s.csv]\n", to: "availd.yaml")
    try directory.write(inventory, to: "s.csv")
    return directory
}

@Test func eachMistakeOfARowNamesItsColumn() throws {
    let directory = try directory(
        inventory: """
            id,customer,price,paid_from,paid_to,url,interval,timeout,expect_status,auth_bearer_credential
            a,acme,x,2026-01-01,2025-01-01,https://a.example,5s,9s,200 abc,token
            "b
            c",acme,,,2026-01-01,ftp://a,,,,
            d,acme
            ,,1,2026-13-01,,,,,,

            "x"y,acme

            """)
    #expect(
        directory.mistakes() == """
            s.csv:2: paid_to: found "2025-01-01", expected an end later than the beginning "2026-01-01"
            s.csv:2: price: found "x", expected an amount with at most 2 decimals behind a point and without a comma, \
            0 or more and under 10^15, as 1500.50 or 1 500.50
            s.csv:2: timeout: found "9s", expected at most the interval, which is 5 s
            s.csv:2: auth_bearer_credential: cannot read credential token: $CREDENTIALS_DIRECTORY is not set
            s.csv:2: expect_status: found "abc", expected a status from 100 to 999, or a range of them, as 200-399
            s.csv:3: id: found "b\\u{a}c", expected an identifier: 1 to 64 visible characters, no spaces
            s.csv:3: paid[0].from: missing, expected a date, as 2026-01-01, or an instant, as 2026-01-01T07:00:00+07:00
            s.csv:3: url: found the scheme "ftp", expected one of http, https, tcp, smtp, smtps, imap, imaps, pop3, \
            pop3s
            s.csv:5: found 2 cells, expected 10 as in the header
            s.csv:6: id: missing, expected the service's identifier
            s.csv:6: customer: missing, expected the identifier of its customer
            s.csv:6: paid_from: found "2026-13-01", expected a date, as 2026-01-01, or an instant, as \
            2026-01-01T07:00:00+07:00
            s.csv:6: url: missing, expected an address, or checks with one each
            s.csv:8: text behind a closing quote
            """)
}

@Test(arguments: [
    ("", "s.csv: holds nothing, expected a header with id, customer, paid_from, url and others"),
    (
        "id,id,paid,paid_to\n",
        "s.csv:1: id: a second column of that name\ns.csv:1: paid: found paid beside paid_from and paid_to, expected either"
    ),
    ("id,caf\u{E9}\u{0}\n", "s.csv:1: found byte 0x00 at byte 9 of the line, expected text without control characters"),
])
func aBadHeaderIsRefused(_ inventory: String, _ message: String) throws {
    #expect(try directory(inventory: inventory).mistakes() == message)
}

@Test(arguments: [
    ("2026", "2026"), ("2026-01-01/2027-01-01 2028-01-01", "2028-01-01"),
    ("2026-01-01..2027-01-01", "2026-01-01..2027-01-01"),
])
func aTermWithoutASlashIsToldItsForm(_ cell: String, _ found: String) throws {
    let directory = try directory(inventory: "id,customer,paid,url\na,acme,\(cell),https://a.example\n")
    #expect(
        directory.mistakes() == """
            s.csv:2: paid: found "\(found)", expected a term, as 2026-01-01/2027-01-01, or 2026-01-01/ without \
            an end
            """)
}

/// As many mistakes as rows, whatever stands before the agreement that names the currency.
@Test func aPriceInTheInventoryIsOfTheAgreementsCurrency() throws {
    let directory = try directory(
        inventory: """
            id,customer,price,paid_from,url
            a,acme,150.000,2026-01-01,https://a.example
            b,acme,"150,000",2026-01-01,https://b.example
            c,acme,1 50 000,2026-01-01,https://c.example
            d,acme,150 000,2026-01-01,https://d.example
            e,acme,1\u{A0}200\u{A0}000,2026-01-01,https://e.example
            f,acme,1\u{202F}200\u{202F}000,2026-01-01,https://f.example
            g,acme,150000,2026-01-01,https://g.example
            h,acme,,2026-01-01,https://h.example

            """)
    func configure(_ currency: String) throws {
        try directory.write(
            """
            inventory: [s.csv]
            customers: [{id: acme}]
            agreement: {timezone: UTC, compensation: {currency: \(currency)}}
            """, to: "availd.yaml")
    }
    try configure("VND")
    let dong =
        "expected a whole number of VND without a point or comma, 0 or more and under 10^15, as 150000 or 150 000"
    #expect(
        directory.mistakes() == """
            s.csv:2: price: found "150.000", \(dong)
            s.csv:3: price: found "150,000", \(dong)
            s.csv:4: price: found "1 50 000", \(dong)
            """)
    try configure("USD")
    #expect(
        directory.mistakes().hasPrefix("s.csv:2: price: found \"150.000\", expected an amount of USD with at most 2 "))
    try directory.write(
        "id,customer,price,paid_from,url\n"
            + ["150 000", "1\u{A0}200\u{A0}000", "1\u{202F}200\u{202F}000", "150000", "150000.50", ""].enumerated()
            .map { "s\($0),acme,\($1),2026-01-01,https://a.example\n" }.joined(), to: "s.csv")
    #expect(
        try directory.load().catalog.services.map { $0.price?.description }
            == ["150000", "1200000", "1200000", "150000", "150000.50", nil])
}

@Test func anUnknownColumnHasANearest() throws {
    let message = try directory(inventory: "id,custmer\n").mistakes()
    #expect(
        message.hasPrefix(
            "s.csv:1: custmer: unknown column, expected one of addresses, allow_insecure, auth_basic_password_credential, "
        ))
    #expect(message.hasSuffix("; did you mean customer?"))
}

@Test func everyColumnHasItsPlace() throws {
    let directory = try directory(
        inventory: """
            id,customer,paid,url,family,method,body,redirects,retry_interval,stale_after,expect_body_not_contains,\
            expect_body_matches,expect_max_latency,expect_certificate_days_left,auth_basic_user,auth_basic_password_file,\
            counts
            a,acme,2026-01-01/2026-02-01 2026-03-01/,https://a.example,ipv6,POST,"{""a"":1}",3,2s,5m,error,^ok,2s,14,u,p,\
            false

            """)
    try directory.write("secret\n", to: "p")
    let service = try #require(try directory.load().catalog.service("a"))
    #expect(service.paid.intervals.count == 2)
    #expect(service.paid.intervals.last?.end == .distantFuture)
    let check = try #require(service.checks.first)
    #expect([check.retryInterval, check.staleAfter] == [2000, 300_000])
    #expect(!check.counts)
    let expected = ProbeSpecification(
        url: "https://a.example/", scheme: .https, host: "a.example", port: 443, family: .ipv6, method: "POST",
        body: "{\"a\":1}", authentication: .basic(user: "u", password: Secret("secret")), maximumRedirects: 3,
        expect: Expectation(
            bodyNotContains: ["error"], bodyMatches: "^ok", maximumLatency: 2000, certificateDaysLeft: 14))
    #expect(check.probe == expected)
}

@Test func addressesAreChosenAlikeInBoth() throws {
    let inventory = """
        id,customer,paid_from,url,addresses,connect_to,body_limit,allow_insecure
        a,acme,2026-01-01,https://a.example,each,,2MiB,
        b,acme,2026-01-01,http://b.example,192.0.2.7,2001:DB8::7,,true

        """
    let catalog = try directory(inventory: inventory).load().catalog
    let each = try #require(catalog.service("a")?.checks.first?.probe)
    #expect(each.addresses == .each && each.connectTo == nil && each.bodyLimit == 2 << 20)
    #expect(catalog.service("a")?.responsibility == Responsibility())
    let one = try #require(catalog.service("b")?.checks.first?.probe)
    #expect(one.addresses == .any && one.connectTo == "2001:db8::7" && one.bodyLimit == 1 << 20)
    #expect(catalog.service("b")?.responsibility.addresses == ["192.0.2.7"])
}

@Test func whoAnswersForWhatIsReadAlikeFromBoth() throws {
    let inventory = """
        id,customer,paid_from,url,addresses,certificate,carrier
        a,acme,2026-01-01,https://a.example,192.0.2.0/24 2001:db8::7,customer,vnpt
        b,acme,2026-01-01,https://b.example,,,

        """
    let catalog = try directory(inventory: inventory).load().catalog
    let expected = Responsibility(addresses: ["192.0.2.0/24", "2001:db8::7"], certificate: .customer, carrier: "vnpt")
    #expect(catalog.service("a")?.responsibility == expected)
    #expect(catalog.service("b")?.responsibility == Responsibility())
}
