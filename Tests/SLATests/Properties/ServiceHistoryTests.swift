import SLAOracle
import Testing

@testable import SLA

/// Paid time and its history, clause 2: what became known when decides what an old month is counted by.
@Suite struct ServiceHistoryTests {
    private static func t(_ ms: Int64) -> Instant { Instant(milliseconds: ms) }

    /// The set of the milliseconds 0 to 3 whose bits are set.
    private static func set(_ bits: Int) -> IntervalSet {
        IntervalSet((0..<4).filter { bits >> $0 & 1 == 1 }.compactMap { Interval(t(Int64($0)), t(Int64($0) + 1)) })
    }

    static func service(_ paid: IntervalSet, price: Int64? = nil, customer: String = "acme") -> Service {
        Service(
            id: "web", customer: customer, price: price.map(ExactDecimal.init), paid: paid,
            checks: [Check(probe: .unrecorded)])
    }

    static func record(_ paid: IntervalSet?, at: Int64, price: Int64? = nil, customer: String = "acme") -> ServiceRecord
    {
        ServiceRecord(
            id: "web", service: paid.map { service($0, price: price, customer: customer) }, recordedAt: t(at),
            recordedBy: "daemon")
    }

    /// Whether `instant` is paid for, found the dumb way: a clerk who holds the list of each moment in turn, and
    /// crosses out only what lies ahead.
    private static func isPaid(_ instant: Int64, _ lists: [(at: Int64, paid: Int)], asOf: Int64) -> Bool {
        var answer = lists[0].paid >> instant & 1 == 1
        for list in lists.dropFirst() where list.at <= asOf {
            let isListed = list.paid >> instant & 1 == 1
            let isAhead = instant >= list.at
            if isListed { answer = true } else if isAhead { answer = false }
        }
        return answer
    }

    /// Every history of three records over four milliseconds, known at every instant.
    @Test func theFoldIsWhatAClerkWouldDoOnEverySmallWorld() {
        var tried = 0
        for first in 0..<16 {
            for second in 0..<16 {
                for third in 0..<16 {
                    for known in [(0, 2), (1, 3), (2, 2), (-1, 5)] as [(Int64, Int64)] {
                        let lists = [(Int64(-9), first), (known.0, second), (known.1, third)]
                        let history = ServiceHistory(records: lists.map { Self.record(Self.set($0.1), at: $0.0) })
                        for asOf in Int64(-10)...5 where asOf < -8 || asOf >= -1 {
                            let paid = history.paid(asOf: Self.t(asOf))
                            for instant in Int64(0)..<4
                            where paid.contains(Self.t(instant)) != Self.isPaid(instant, lists, asOf: asOf) {
                                Issue.record("\(lists) as of \(asOf): \(instant) is \(paid.contains(Self.t(instant)))")
                            }
                            tried += 1
                        }
                    }
                }
            }
        }
        #expect(tried == 16 * 16 * 16 * 4 * 9)
    }

    /// Records, the billing system's word and withdrawals in every order give the same as the list that counts.
    @Test func theBillingSystemsWordIsTheListThatCounts() {
        for configured in 0..<16 {
            for billed in 0..<16 {
                for (recordAt, billAt) in [(0, 2), (2, 0), (1, 1)] as [(Int64, Int64)] {
                    let terms = Self.set(billed).intervals.map { BilledTerm(interval: $0) }
                    let history = ServiceHistory(
                        records: [Self.record(Self.set(configured), at: recordAt), Self.record(nil, at: 3)],
                        billed: [
                            BilledTerms(service: "web", terms: terms, recordedAt: Self.t(billAt), recordedBy: "lan")
                        ])
                    // Billed first: the configuration's word is never heard. Else it was, until the bill came.
                    let lists = billAt <= recordAt ? [(billAt, billed)] : [(recordAt, configured), (billAt, billed)]
                    for instant in Int64(0)..<4 {
                        #expect(
                            history.paid(asOf: Self.t(9)).contains(Self.t(instant))
                                == Self.isPaid(instant, lists, asOf: 9))
                    }
                }
            }
        }
    }

    @Test func aWithdrawalIsTakenAwayWhileItStands() throws {
        let withdrawal = PaidWithdrawal(
            id: "W1", service: "web", interval: try #require(Interval(Self.t(1), Self.t(2))), reason: "never paid",
            recordedAt: Self.t(10), recordedBy: "lan",
            reinstatement: PaidWithdrawal.Reinstatement(at: Self.t(30), by: "an", reason: "it was"))
        // A change that names the whole time again does not bring it back.
        let history = ServiceHistory(
            records: [Self.record(Self.set(0b1111), at: 0), Self.record(Self.set(0b1111), at: 20, price: 7)],
            withdrawals: [withdrawal])
        #expect(history.paid(asOf: Self.t(9)) == Self.set(0b1111))
        #expect(history.paid(asOf: Self.t(10)) == Self.set(0b1101))
        #expect(history.paid(asOf: Self.t(29)) == Self.set(0b1101))
        #expect(history.paid(asOf: Self.t(30)) == Self.set(0b1111))
    }

    /// What becomes known later than `as_of` does not exist yet: every answer is that of the history without it.
    @Test(arguments: 0..<200) func whatIsNotKnownYetDoesNotExist(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        func number(_ range: Range<Int64>) -> Int64 { Int64.random(in: range, using: &random) }
        let records = (0..<number(1..<4)).map { _ in
            Self.record(
                number(0..<4) == 0 ? nil : Self.set(Int(number(0..<16))), at: number(0..<8), price: number(1..<9),
                customer: "c\(number(0..<9))")
        }
        let billed = (0..<number(0..<3)).map { _ in
            let terms = Self.set(Int(number(0..<16))).intervals.map {
                BilledTerm(interval: $0, price: number(0..<3) == 0 ? nil : ExactDecimal(number(10..<19)))
            }
            return BilledTerms(service: "web", terms: terms, recordedAt: Self.t(number(0..<8)), recordedBy: "lan")
        }
        let whole = ServiceHistory(records: records, billed: billed)
        // The first record of all is known from the beginning, the billing system's before the configuration's.
        let first = min(whole.records[0].recordedAt, whole.billed.first?.recordedAt ?? .distantFuture)
        for asOf in (-1...8).map({ Self.t($0) }) where asOf >= first {
            let known = ServiceHistory(
                records: records.filter { $0.recordedAt <= asOf }, billed: billed.filter { $0.recordedAt <= asOf })
            #expect(whole.paid(asOf: asOf) == known.paid(asOf: asOf))
            #expect(whole.changes(asOf: asOf) == known.changes(asOf: asOf))
            // A configuration that comes later than the bill still says what the service is.
            guard known.records.contains(where: { $0.service != nil }) else { continue }
            let terms = whole.terms(asOf: asOf)
            #expect(terms == known.terms(asOf: asOf))
            #expect(IntervalSet(terms.map(\.interval)) == whole.paid(asOf: asOf))
            let period = try #require(Interval(Self.t(1), Self.t(3)))
            #expect(whole.service(in: period, asOf: asOf) == known.service(in: period, asOf: asOf))
        }
    }

    @Test func termsThatOverlapAtDifferentPricesContradictEachOther() throws {
        func term(_ start: Int64, _ end: Int64, _ price: Int64?) throws -> BilledTerm {
            BilledTerm(
                interval: try #require(Interval(Self.t(start), Self.t(end))), price: price.map(ExactDecimal.init))
        }
        func found(_ terms: [BilledTerm]) -> [[Int]] {
            BilledTerms.contradictions(in: terms).map { [$0.earlier, $0.later] }
        }
        #expect(found([try term(0, 2, 1), try term(2, 4, 2)]) == [])
        #expect(found([try term(0, 3, 1), try term(2, 4, 1)]) == [])
        #expect(found([try term(0, 3, 1), try term(2, 4, 2)]) == [[0, 1]])
        #expect(found([try term(2, 4, nil), try term(0, 9, 1)]) == [[0, 1]])
        #expect(found([try term(0, 9, 1), try term(1, 2, 1), try term(5, 6, 2)]) == [[0, 2]])
    }
}

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
        let service = try #require(history.service(in: june, asOf: Self.at("2026-08-01")))
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
        #expect(try paid([longer], asOf: now - CatalogHistory.presence) == [Self.span("2025-01-01")])
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

    /// 200 000 until 15 October, 300 000 from then on: the month's price is the one at its end.
    @Test func theMonthsPriceIsThatOfTheTermInForceAtItsLastCommittedInstant() throws {
        let upgrade =
            [("2026-01-01", "2026-10-15", 200_000), ("2026-10-15", nil, 300_000)] as [(String, String?, Int64?)]
        let history = ServiceHistory(
            records: [Self.record("2026-01-01", Self.service(Self.span("2026-01-01"), price: 1))],
            billed: [Self.billed("2026-09-01", upgrade)])
        func price(_ month: String, asOf: String) throws -> ExactDecimal? {
            try #require(history.service(in: try Self.month(month), asOf: Self.at(asOf))).price
        }
        #expect(try price("2026-09", asOf: "2026-11-01") == ExactDecimal(200_000))
        #expect(try price("2026-10", asOf: "2026-11-01") == ExactDecimal(300_000))
        // The running month, before the upgrade; and a month that ended before the bill was known.
        #expect(try price("2026-10", asOf: "2026-10-10") == ExactDecimal(200_000))
        #expect(try price("2026-08", asOf: "2026-11-01") == ExactDecimal(1))
        #expect(try price("2026-09", asOf: "2026-08-31") == ExactDecimal(1))
    }

    /// A price that becomes known only after the month has ended prices a month that had none, and no other.
    @Test func aLatePriceDoesNotRewriteAnOldMonth() throws {
        let bill = Self.billed("2026-11-03", [("2026-01-01", nil, 300_000)])
        func price(configured: Int64?) throws -> ExactDecimal? {
            try ServiceHistory(
                records: [Self.record("2026-01-01", Self.service(Self.span("2026-01-01"), price: configured))],
                billed: [bill]
            ).service(in: Self.month("2026-10"), asOf: Self.at("2026-11-04"))?.price
        }
        #expect(try price(configured: 200_000) == ExactDecimal(200_000))
        #expect(try price(configured: nil) == ExactDecimal(300_000))
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
            history.service(in: try Self.month(month), asOf: Self.at(asOf))?.customer
        }
        #expect(try customer("2026-08", asOf: "2026-12-01") == "acme")
        #expect(try customer("2026-09", asOf: "2026-12-01") == "acme")
        #expect(try customer("2026-10", asOf: "2026-12-01") == "beta")
        #expect(try customer("2026-10", asOf: "2026-10-19") == "acme")
        #expect(try customer("2026-11", asOf: "2026-12-01") == "zeta")
    }
}
