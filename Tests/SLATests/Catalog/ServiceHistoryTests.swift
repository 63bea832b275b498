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
            let lists = whole.lists(of: "web", asOf: Self.t(8))
            let listed = ServiceHistory(
                records: [Self.record(nil, at: lists[0].recordedAt.milliseconds)], billed: lists)
            let terms = whole.terms(asOf: asOf)
            #expect(terms == listed.terms(asOf: asOf))
            #expect(whole.paidBeforeWithdrawal(asOf: asOf) == listed.paidBeforeWithdrawal(asOf: asOf))
            #expect(terms == known.terms(asOf: asOf))
            #expect(IntervalSet(terms.map(\.interval)) == whole.paid(asOf: asOf))
            let period = try #require(Interval(Self.t(1), Self.t(3)))
            #expect(
                whole.service(in: period, asOf: asOf, calendar: CivilCalendar(zone: .utc))
                    == known.service(in: period, asOf: asOf, calendar: CivilCalendar(zone: .utc)))
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
