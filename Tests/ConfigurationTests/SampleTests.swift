import Foundation
import SLA
import Testing

@testable import Configuration

/// The configuration that the documentation shows, with the files it names.
enum Sample {
    static let yaml = """
        provider:
          name: VINASTAR
          contacts: {phone: "024…", ticket: id.example.vn, email: support@example.vn, chat: Zalo}
        agreement:
          objective: 99                    # percent of each calendar month; a decimal, never a float
          timezone: Asia/Ho_Chi_Minh
          excluded_time: removed           # removed | forgiven
          notice: {scheduled: 24h, emergency: 1h}
          handling: {within: 24h, rest_day: 48h, rest_days: [saturday, sunday]}
          compensation: {cap_months: 6, currency: VND, tiers: [{below: 99, percent: 10}, {below: 95, percent: 50}]}
        defaults: {interval: 60s, timeout: 10s, retry_interval: 10s, confirm: 2}   # stale_after: 2 × interval + timeout
        customers:
          - {id: acme, name: Công ty Acme, email: it@acme.example, vip: true}
        services:
          - id: acme-web
            customer: acme
            groups: [rack-3, hanoi]
            price: 200000                  # a month
            paid: [{from: 2026-01-01, to: 2027-01-01}]   # dates in the agreement's zone, or RFC 3339 instants
            url: https://acme.example/     # one check, named `default` …
            expect: {status: [200-399], body_contains: Acme}
          - id: acme-mail
            customer: acme
            paid: [{from: 2026-01-01}]     # no end: until further notice
            mode: all                      # all | any
            checks:                        # … or several
              - {id: smtp, url: "smtp://mx.acme.example:25"}
              - {id: imap, url: "imaps://mx.acme.example"}
        include: [conf.d/*.yaml]
        inventory: [services.csv]          # the same fields as columns, as a billing system exports them
        probing:
          allow_addresses: [10.0.0.0/8]    # private, loopback, link-local and metadata addresses are refused
        state_directory: /var/lib/availd   # $STATE_DIRECTORY under systemd
        alerts:
          syslog: {facility: daemon, identifier: availd}

        """

    static let included = """
        customers: [{id: 012}, {id: no}]
        services:
          - {id: 1e3, customer: no, paid: [], url: "tcp://[2001:DB8::1]:3306", interval: 5s}

        """

    static let inventory = """
        \u{FEFF}id,customer,groups,price,paid_from,paid_to,mode,url,interval,timeout,confirm,expect_status,expect_body_contains
        shop,acme,rack-3 hanoi,1 000 500,2026-01-01,2026-07-01T00:00:00+07:00,any,http://shop.example,30s,,3,200-299 404,"Buy, now"
        blog,012,,,2026-01-01,,,http://blog.example:8080/feed?x=1,,,,,

        """

    static func directory() throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        try directory.write(yaml, to: "availd.yaml")
        try directory.write(included, to: "conf.d/more.yaml")
        try directory.write(inventory, to: "services.csv")
        return directory
    }
}

private func local(_ text: String) -> Instant { RFC3339.instant(text + "T00:00:00+07:00") ?? .distantPast }

@Test func theDocumentedSampleLoads() throws {
    let directory = try Sample.directory()
    let configuration = try directory.load()
    let agreement = configuration.catalog.agreement
    #expect(agreement.objective.description == "99")
    #expect(agreement.calendar.zone.name == "Asia/Ho_Chi_Minh")
    #expect(agreement.compensation.currency == "VND")
    #expect(agreement.compensation.tiers.map(\.percent.description) == ["10", "50"])
    #expect(configuration.provider.contacts.map(\.kind) == ["phone", "ticket", "email", "chat"])
    #expect(configuration.allowAddresses.map(\.description) == ["10.0.0.0/8"])
    #expect(configuration.stateDirectory == "/var/lib/availd")
    #expect(configuration.syslog == Configuration.Syslog(facility: .daemon, identifier: "availd"))
    #expect(configuration.files.map { $0.split(separator: "/").last } == ["availd.yaml", "more.yaml", "services.csv"])

    let acme = try #require(configuration.catalog.customers.first { $0.id == "acme" })
    #expect(acme == Customer(id: "acme", name: "Công ty Acme", email: "it@acme.example", isVIP: true))
    let web = try #require(configuration.catalog.service("acme-web"))
    #expect(web.paid.intervals == [Interval(local("2026-01-01"), local("2027-01-01"))])
    #expect(web.checks.map(\.id) == ["default"])
    #expect(web.checks.first?.probe.expect == Expectation(bodyContains: ["Acme"]))
    #expect(web.checks.first?.staleAfter == 130_000)
    let mail = try #require(configuration.catalog.service("acme-mail"))
    #expect(mail.paid.intervals == [Interval(local("2026-01-01"), .distantFuture)])
    #expect(mail.checks.map(\.probe.port) == [25, 993])
    #expect(mail.checks.map(\.id) == ["smtp", "imap"])
}

@Test func textStaysTextWhateverYAMLGuesses() throws {
    let configuration = try Sample.directory().load()
    #expect(configuration.catalog.customers.map(\.id) == ["012", "acme", "no"])
    let service = try #require(configuration.catalog.service("1e3"))
    #expect(service.customer == "no")
    #expect(service.paid.isEmpty)
    let check = try #require(service.checks.first)
    #expect(check.probe.host == "2001:db8::1")
    // The built-in timeout and retry shrink to the nearer interval.
    #expect([check.interval, check.timeout, check.retryInterval, check.staleAfter] == [5000, 4000, 5000, 14_000])
}

@Test func anInventoryIsServicesAsRows() throws {
    let configuration = try Sample.directory().load()
    let shop = try #require(configuration.catalog.service("shop"))
    #expect(shop.groups == ["rack-3", "hanoi"])
    #expect(shop.price?.description == "1000500")
    #expect(shop.paid.intervals == [Interval(local("2026-01-01"), local("2026-07-01"))])
    #expect(shop.mode == .any)
    let check = try #require(shop.checks.first)
    #expect(check.probe.url == "http://shop.example/")
    #expect([check.interval, check.timeout, Int64(check.confirm)] == [30_000, 10_000, 3])
    #expect(check.probe.expect == Expectation(status: [200...299, 404...404], bodyContains: ["Buy, now"]))
    let blog = try #require(configuration.catalog.service("blog"))
    #expect(blog.paid.intervals == [Interval(local("2026-01-01"), .distantFuture)])
    #expect(blog.checks.first?.probe.url == "http://blog.example:8080/feed?x=1")
}

@Test func thePlanCountsExactly() throws {
    let directory = try Sample.directory()
    let plan = try directory.load().plan
    // 1/60 four times (web, smtp, imap, blog), 1/5 and 1/30.
    #expect(plan.probesPerSecond.description == "0.300")
    #expect(plan.busiest?.address == "[2001:db8::1]:3306")
    #expect(
        plan.text.replacing(directory.path + "/", with: "") == """
            objective        99 % of each calendar month in Asia/Ho_Chi_Minh
            excluded time    removed
            customers        3
            services         5 with 6 checks
            probes           0.300 a second, a check every 5 s to 1 min
            busiest address  [2001:db8::1]:3306, 0.200 a second by 1 check
            references       none
            remark           probing.references is missing: when the monitor's own network fails, every service counts \
            as down
            state directory  /var/lib/availd
            files            availd.yaml
                             conf.d/more.yaml
                             services.csv
            """)
}

@Test func aCheckCountsUnlessItIsSaidNotTo() throws {
    let directory = try TemporaryDirectory()
    try directory.write(
        """
        agreement: {timezone: UTC}
        customers: [{id: acme}]
        services:
          - {id: web, customer: acme, paid: [], url: "https://acme.example/", counts: false}
          - id: mail
            customer: acme
            paid: []
            checks:
              - {id: smtp, url: "smtp://mx.acme.example"}
              - {id: bare, url: "tcp://mx.acme.example:25", counts: false}
              - {id: imap, url: "imaps://mx.acme.example", counts: true}
        """, to: "availd.yaml")
    let catalog = try directory.load().catalog
    #expect(catalog.service("web")?.checks.map(\.counts) == [false])
    #expect(catalog.service("mail")?.checks.map(\.counts) == [true, false, true])
}
