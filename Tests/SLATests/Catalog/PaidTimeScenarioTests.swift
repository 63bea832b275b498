import SLAOracle
import Testing

@testable import SLA

/// What happens to real contracts, in Hanoi's calendar.
@Suite struct PaidTimeScenarioTests {
    private static let calendar = CivilCalendar(
        zone: TimeZoneRules(name: "Asia/Ho_Chi_Minh", initialOffset: 7 * 3_600_000))
    private static let agreement = Agreement(calendar: calendar)

    private static func at(_ date: String) -> Instant {
        CivilDate(date).map(calendar.start) ?? .distantPast
    }
    private static func span(_ from: String, _ to: String? = nil) -> IntervalSet {
        IntervalSet(Interval(at(from), to.map(at) ?? .distantFuture))
    }
    private static func month(_ text: String) throws -> Interval {
        calendar.interval(of: try #require(CivilMonth(text)))
    }

    private static func record(_ date: String, _ service: Service?) -> ServiceRecord {
        ServiceRecord(id: "web", service: service, recordedAt: at(date), recordedBy: "daemon")
    }
    private static func billed(_ date: String, _ terms: [(String, String?, Int64?)]) -> BilledTerms {
        BilledTerms(
            service: "web",
            terms: terms.compactMap { from, to, price in
                Interval(at(from), to.map(at) ?? .distantFuture).map {
                    BilledTerm(interval: $0, price: price.map(ExactDecimal.init))
                }
            }, recordedAt: at(date), recordedBy: "lan")
    }

    private static func service(_ paid: IntervalSet, price: Int64? = nil, customer: String = "acme") -> Service {
        ServiceHistoryTests.service(paid, price: price, customer: customer)
    }

    /// On 1 July the term that has ended is replaced by its renewal.
    @Test func aRenewalInPlaceOfTheOldTermDoesNotRewriteTheOldMonths() throws {
        let history = ServiceHistory(records: [
            Self.record("2026-01-01", Self.service(Self.span("2026-01-01", "2026-07-01"))),
            Self.record("2026-07-01", Self.service(Self.span("2026-07-01", "2027-01-01"))),
        ])
        let june = try Self.month("2026-06")
        let service = try #require(
            history.service(in: june, asOf: Self.at("2026-08-01"), calendar: CivilCalendar(zone: .utc)))
        #expect(service.paid.intersection(june) == IntervalSet(june))
        #expect(service.paid == Self.span("2026-01-01", "2027-01-01"))
    }

    /// Removed on 10 October: that month keeps its ten days, and the months before keep everything.
    @Test func aCustomerWhoHasGoneKeepsWhatWasPaidFor() throws {
        let history = CatalogHistory(
            services: [
                "web": ServiceHistory(records: [
                    Self.record("2026-01-01", Self.service(Self.span("2026-01-01"), customer: "gone")),
                    Self.record("2026-10-10", nil),
                ])
            ],
            customers: [
                CustomerRecord(
                    customer: Customer(id: "gone", name: "Gone Ltd"), recordedAt: Self.at("2026-01-01"), recordedBy: "")
            ])
        let empty = Catalog(agreement: Self.agreement, customers: [], services: [])
        func catalog(_ month: String, asOf: String) throws -> Catalog {
            history.catalog(
                in: try Self.month(month), asOf: Self.at(asOf), configured: empty, now: Self.at("2026-12-01"))
        }
        let october = try catalog("2026-10", asOf: "2026-11-02")
        #expect(october.services.map(\.paid) == [Self.span("2026-01-01", "2026-10-10")])
        #expect(october.customers.map(\.name) == ["Gone Ltd"])
        #expect(try catalog("2026-11", asOf: "2026-11-20").services.isEmpty)
        // Before it was known, nobody knew.
        #expect(try catalog("2026-10", asOf: "2026-10-09").services.map(\.paid) == [Self.span("2026-01-01")])
    }

    /// A VIP since December was none in October, and need not have been telephoned then.
    @Test func whoBecomesAVIPLaterWasNoneBefore() throws {
        func customer(_ isVIP: Bool) -> Customer { Customer(id: "acme", email: "it@acme.example", isVIP: isVIP) }
        func record(_ isVIP: Bool, _ date: String) -> CustomerRecord {
            CustomerRecord(customer: customer(isVIP), recordedAt: Self.at(date), recordedBy: "")
        }
        let history = CatalogHistory(
            services: [
                "web": ServiceHistory(records: [Self.record("2026-01-01", Self.service(Self.span("2026-01-01")))])
            ],
            customers: [record(false, "2026-01-01"), record(true, "2026-12-01")])
        let configured = Catalog(
            agreement: Self.agreement, customers: [customer(true)], services: [Self.service(Self.span("2026-01-01"))])
        func customers(_ month: String, now: String) throws -> [Customer] {
            history.catalog(
                in: try Self.month(month), asOf: Self.at(now), configured: configured, now: Self.at(now)
            ).customers
        }
        #expect(try customers("2026-10", now: "2026-12-20") == [customer(false)])
        #expect(try customers("2026-12", now: "2026-12-20") == [customer(true)])
        // The file as it is counts as known now.
        #expect(try customers("2026-11", now: "2026-11-20") == [customer(true)])
        #expect(try customers("2026-10", now: "2026-11-20") == [customer(false)])
    }

    /// Nothing was recorded yet of the removal: the file itself says so, from now on.
    @Test func theConfigurationAsItIsCountsAsKnownNow() throws {
        let history = CatalogHistory(services: [
            "web": ServiceHistory(records: [Self.record("2026-01-01", Self.service(Self.span("2026-01-01")))])
        ])
        let now = Self.at("2026-11-20")
        func paid(_ services: [Service], asOf: Instant) throws -> [IntervalSet] {
            history.catalog(
                in: try Self.month("2026-11"), asOf: asOf,
                configured: Catalog(
                    agreement: Self.agreement, customers: [Customer(id: "acme")], services: services),
                now: now
            ).services.map(\.paid)
        }
        #expect(try paid([], asOf: now) == [Self.span("2026-01-01", "2026-11-20")])
        let longer = Self.service(Self.span("2025-01-01"))
        #expect(try paid([longer], asOf: now) == [Self.span("2025-01-01")])
        #expect(try paid([longer], asOf: now - CatalogHistory.nowTolerance) == [Self.span("2025-01-01")])
        // Asked what was known in the past, the file of today says nothing.
        #expect(try paid([longer], asOf: Self.at("2026-11-19")) == [Self.span("2026-01-01")])
        #expect(try paid([], asOf: Self.at("2026-11-19")) == [Self.span("2026-01-01")])
    }

    /// A service that the history has never seen is as in the file, also where the question is about the past.
    @Test func whatWasNeverRecordedIsAsTheConfigurationSays() throws {
        let configured = Catalog(
            agreement: Self.agreement, customers: [Customer(id: "acme")],
            services: [Self.service(Self.span("2026-01-01"))])
        let other = ServiceRecord(
            id: "old", service: nil, recordedAt: Self.at("2026-01-01"), recordedBy: "daemon")
        for services in [[:], ["old": ServiceHistory(records: [other])]] {
            let catalog = CatalogHistory(services: services).catalog(
                in: try Self.month("2026-02"), asOf: Self.at("2026-02-10"), configured: configured,
                now: Self.at("2026-11-20"))
            #expect(catalog == configured)
        }
    }

    /// The customer pays on 5 November for the October that was left out.
    @Test func aLatePaymentCountsBackwardsOnceItIsKnown() throws {
        let gap = Self.span("2026-01-01", "2026-10-01")
        let history = ServiceHistory(records: [
            Self.record("2026-01-01", Self.service(gap)),
            Self.record("2026-11-05", Self.service(Self.span("2026-01-01", "2026-12-01"))),
        ])
        #expect(history.paid(asOf: Self.at("2026-11-04")) == gap)
        #expect(history.paid(asOf: Self.at("2026-11-05")) == Self.span("2026-01-01", "2026-12-01"))
    }

    /// 200 000 until 15 October, 300 000 from then on: each counts for its part of the month.
    @Test func aPriceCountsForItsPartOfTheMonth() throws {
        let upgrade =
            [("2026-01-01", "2026-10-15", 200_000), ("2026-10-15", nil, 300_000)] as [(String, String?, Int64?)]
        let history = ServiceHistory(
            records: [Self.record("2026-01-01", Self.service(Self.span("2026-01-01"), price: 1))],
            billed: [Self.billed("2026-09-01", upgrade)])
        func price(_ month: String, asOf: String) throws -> ExactDecimal? {
            try #require(
                history.service(in: try Self.month(month), asOf: Self.at(asOf), calendar: CivilCalendar(zone: .utc))
            ).price
        }
        #expect(try price("2026-09", asOf: "2026-11-01") == ExactDecimal(200_000))
        #expect(try price("2026-10", asOf: "2026-11-01") == ExactDecimal(300_000))
        // The running month, before the upgrade; and a month that ended before the bill was known.
        #expect(try price("2026-10", asOf: "2026-10-10") == ExactDecimal(200_000))
        #expect(try price("2026-09", asOf: "2026-08-31") == ExactDecimal(1))
        let october = try #require(
            history.service(
                in: try Self.month("2026-10"), asOf: Self.at("2026-11-01"), calendar: CivilCalendar(zone: .utc)))
        #expect(october.prices.map(\.price) == [ExactDecimal(200_000), ExactDecimal(300_000)])
        #expect(october.prices.map(\.interval.start) == [Self.at("2026-10-01"), Self.at("2026-10-15")])
    }

    /// Of terms that overlap, that counts which was recorded last, also for time that was over by then.
    @Test func ofOverlappingTermsTheOneRecordedLastHasThePrice() throws {
        let bill = Self.billed("2026-11-03", [("2026-10-20", nil, 300_000)])
        func prices(configured: Int64?, asOf: String = "2026-11-04") throws -> [ExactDecimal?]? {
            try ServiceHistory(
                records: [Self.record("2026-01-01", Self.service(Self.span("2026-01-01"), price: configured))],
                billed: [bill]
            ).service(in: Self.month("2026-10"), asOf: Self.at(asOf), calendar: CivilCalendar(zone: .utc))?.statedPrices
        }
        #expect(try prices(configured: 200_000) == [ExactDecimal(200_000), ExactDecimal(300_000)])
        #expect(try prices(configured: nil) == [nil, ExactDecimal(300_000)])
        #expect(try prices(configured: 200_000, asOf: "2026-11-02") == [ExactDecimal(200_000)])
    }

    /// What the configuration says of a price holds from when it says so; what had none takes the first there is.
    @Test func aConfiguredPriceHoldsFromWhenItIsKnown() throws {
        func prices(_ changes: [(String, Int64?)], asOf: String = "2026-11-04") throws -> [ExactDecimal?]? {
            try ServiceHistory(
                records: changes.map { Self.record($0.0, Self.service(Self.span("2026-01-01"), price: $0.1)) }
            ).service(in: Self.month("2026-10"), asOf: Self.at(asOf), calendar: CivilCalendar(zone: .utc))?.statedPrices
        }
        #expect(
            try prices([("2026-01-01", 200_000), ("2026-10-10", 300_000), ("2026-11-02", 400_000)])
                == [ExactDecimal(200_000), ExactDecimal(300_000)])
        #expect(try prices([("2026-01-01", nil), ("2026-11-02", 400_000)]) == [ExactDecimal(400_000)])
        #expect(try prices([("2026-01-01", nil), ("2026-11-02", 400_000)], asOf: "2026-11-01") == [nil])
        // Withdrawn for once is no price, and the last one stood before.
        #expect(
            try prices([("2026-01-01", 200_000), ("2026-10-10", nil)]) == [ExactDecimal(200_000), nil])
    }

    @Test func aTermWithAGapAndAnUpgradeIsListedAsItIsInForce() {
        let terms =
            [
                ("2026-01-01", "2026-03-01", 200_000), ("2026-04-01", "2026-10-15", 200_000),
                ("2026-10-15", nil, 300_000),
            ] as [(String, String?, Int64?)]
        let history = ServiceHistory(
            records: [Self.record("2026-01-02", Self.service(Self.span("2026-01-01"), price: 1))],
            billed: [Self.billed("2026-01-01", terms)])
        #expect(
            history.terms(asOf: Self.at("2026-11-01"))
                == Self.billed("2026-01-01", terms).terms.map {
                    PaidTerm(interval: $0.interval, price: $0.price, plan: "")
                })
        #expect(history.changes(asOf: Self.at("2026-11-01")).map(\.source) == [.billing, .configuration])
        #expect(history.changes(asOf: Self.at("2025-01-01")).map(\.isFirst) == [true])
    }

    /// Moved on 20 October to another customer: the month belongs to the one who had it at its end.
    @Test func everythingElseIsWhatWasKnownByTheEndOfTheMonth() throws {
        let history = ServiceHistory(records: [
            Self.record("2026-09-10", Self.service(Self.span("2026-01-01"), customer: "acme")),
            Self.record("2026-10-20", Self.service(Self.span("2026-01-01"), customer: "beta")),
            Self.record("2026-11-01", Self.service(Self.span("2026-01-01"), customer: "zeta")),
        ])
        func customer(_ month: String, asOf: String) throws -> String? {
            history.service(in: try Self.month(month), asOf: Self.at(asOf), calendar: CivilCalendar(zone: .utc))?
                .customer
        }
        #expect(try customer("2026-08", asOf: "2026-12-01") == "acme")
        #expect(try customer("2026-09", asOf: "2026-12-01") == "acme")
        #expect(try customer("2026-10", asOf: "2026-12-01") == "beta")
        #expect(try customer("2026-10", asOf: "2026-10-19") == "acme")
        #expect(try customer("2026-11", asOf: "2026-12-01") == "zeta")
    }
}

extension Service {
    /// Each price that it has in the month.
    fileprivate var statedPrices: [ExactDecimal?] { prices.isEmpty ? [price] : prices.map(\.price) }
}
