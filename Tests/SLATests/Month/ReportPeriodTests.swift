import SLAOracle
import Testing

@testable import SLA

/// Times longer than a month: what they are called and where they lie, and that their figures follow from the same rules.
@Suite struct ReportPeriodTests {
    private let calendar = CivilCalendar(zone: ZoneTable.hoChiMinh.rules)

    private func at(_ text: String) throws -> Instant { try #require(RFC3339.instant(text + "T00:00:00+07:00")) }

    @Test(arguments: [
        ("2026-10..2026-12", "2026-10", "2026-12", "2026-10..2026-12"), ("2026-Q4", "2026-10", "2026-12", "2026-Q4"),
        ("2026-Q1", "2026-01", "2026-03", "2026-Q1"), ("2026", "2026-01", "2026-12", "2026"),
        ("0001", "0001-01", "0001-12", "0001"), ("2026-12..2027-01", "2026-12", "2027-01", "2026-12..2027-01"),
    ])
    func monthsAreRead(text: String, first: String, last: String, name: String) throws {
        let months = try #require(CivilMonths(text))
        #expect(months.first.description == first)
        #expect(months.last.description == last)
        #expect(months.name == name)
    }

    @Test(arguments: [
        "", "2026-Q0", "2026-Q5", "2026-Q", "2026-Q11", "2026-q4", "2026-Q4..2027-Q1", "26", "2026-12..2026-10",
        "2026-10..", "..2026-10", "2026-10..2026-11..2026-12", "2026-13..2027-01", "2026-10", "0000", "+2026",
        "2026-Q-1",
    ])
    func whatNamesNoMonthsIsNone(text: String) { #expect(CivilMonths(text) == nil) }

    @Test func aQuarterAndAYearHoldTheirMonth() throws {
        let month = try #require(CivilMonth("2026-11"))
        #expect(CivilMonths(quarterOf: month) == CivilMonths("2026-Q4"))
        #expect(CivilMonths(yearOf: month) == CivilMonths("2026"))
        let period = ReportPeriod.months(CivilMonths(quarterOf: month))
        #expect(period.interval(in: calendar) == Interval(try at("2026-10-01"), try at("2027-01-01")))
        #expect(
            period.months(in: calendar, asOf: try at("2026-12-02")).map(\.description) == [
                "2026-10", "2026-11", "2026-12",
            ])
        #expect(period.months(in: calendar, asOf: try at("2026-12-01")).map(\.description) == ["2026-10", "2026-11"])
        #expect(period.months(in: calendar, asOf: try at("2026-10-01")).isEmpty)
        #expect(ReportPeriod.month(month).months(in: calendar, asOf: try at("2027-12-02")).isEmpty)
    }

    /// Renewals that touch are one term; after a term, and before the next, the term that was.
    @Test(arguments: [
        ("2026-06-01", "2026-01-01..2027-01-01", "2026-01-01", "2026-07-01"),
        ("2026-01-01", "2026-01-01..2027-01-01", "2026-01-01", "2026-02-01"),
        ("2026-12-31", "2026-01-01..2027-01-01", "2026-01-01", "2027-01-01"),
        ("2027-01-01", "2026-01-01..2027-01-01", "2026-01-01", "2027-01-01"),
        ("2027-02-28", "2026-01-01..2027-01-01", "2026-01-01", "2027-01-01"),
        ("2027-03-01", "2027-03-01..", "2027-03-01", "2027-04-01"),
        ("2025-06-01", "2026-01-01..2027-01-01", nil, nil),
    ])
    func aTermIsTheMaximalTimeThatIsPaidFor(asOf: String, name: String, from: String?, to: String?) throws {
        let paid = IntervalSet(
            [
                Interval(try at("2026-01-01"), try at("2026-04-01")),
                Interval(try at("2026-04-01"), try at("2027-01-01")),
                Interval(try at("2027-03-01"), .distantFuture),
            ].compactMap { $0 })
        let term = try #require(PaidPeriod(of: paid, asOf: try at(asOf), in: calendar))
        #expect(term.name == name)
        let interval = try from.flatMap { from in try to.flatMap { to in Interval(try at(from), try at(to)) } }
        if let interval { #expect(term.interval == interval) } else { #expect(term.interval.start >= (try at(asOf))) }
    }

    @Test func aTermThatBeginsAtNoMidnightSaysWhen() throws {
        let paid = IntervalSet(Interval(try at("2026-01-01") + 3_600_000, try at("2026-04-01")))
        let term = PaidPeriod(of: paid, asOf: try at("2026-02-01"), in: calendar)
        #expect(term?.name == "2026-01-01T01:00:00+07:00..2026-04-01")
        #expect(PaidPeriod(of: .empty, asOf: try at("2026-02-01"), in: calendar) == nil)
    }

    /// A time that is paid for since ever has months as far as anybody can have looked.
    @Test func aTermWithoutABeginningEnds() throws {
        let period = ReportPeriod.terms(of: [IntervalSet(.always)], asOf: try at("1970-03-05"), in: calendar)
        #expect(
            period.months(in: calendar, asOf: try at("1970-03-05")).map(\.description) == [
                "1970-01", "1970-02", "1970-03",
            ])
        #expect(
            ReportPeriod.terms(of: [], asOf: try at("2026-10-05"), in: calendar).interval(in: calendar).end
                == (try at("2026-11-01")))
    }

    /// Time is in one class, whichever period it is looked at in; an outage across a month's end is one.
    @Test func theTimeOfAPeriodIsThatOfItsMonths() async throws {
        var random = RandomWorld(generator: SplitMix64(seed: 20_261_211), shape: .halfHours)
        var joined = 0
        for number in 0..<80 {
            await Task.yield()
            let (zone, span) = random.generator.pick(ZoneTable.spans)
            let world = random.next(of: span, in: zone)
            let agreement = try #require(world.agreement)
            let period = try #require(world.reported)
            let timeline = world.timeline()
            let whole = try #require(world.figures(of: timeline))
            var tally = Tally()
            var (outages, transients) = (0, 0)
            let months = period.months(in: agreement.calendar, asOf: whole.asOf)
            for month in months {
                let own = MonthFigures(
                    of: world.service, in: .month(month), asOf: whole.asOf, under: agreement, timeline: timeline,
                    exclusions: world.exclusions, corrections: world.corrections)
                tally += Tally(own.partition)
                outages += own.outages.count
                transients += own.transients.count
            }
            #expect(Tally(whole.partition) == tally, "world \(number): \(world)")
            #expect(whole.transients.count == transients)
            // One that goes over a month's end has a part in each.
            #expect((outages - max(0, months.count - 1)...outages).contains(whole.outages.count))
            joined += outages - whole.outages.count
            if let own = whole.availability, let low = whole.availabilityMin, let high = whole.availabilityMax {
                #expect(Self.isOrdered(low, own) && Self.isOrdered(own, high))
            }
            #expect(whole.credit == nil)
        }
        #expect(joined > 3)
    }

    private static func isOrdered(_ a: Ratio, _ b: Ratio) -> Bool {
        Int128(a.numerator) * Int128(b.denominator) <= Int128(b.numerator) * Int128(a.denominator)
    }

    /// And they are what semantics.md says, the slow way.
    @Test func figuresAgreeWithTheOracle() async throws {
        var random = RandomWorld(generator: SplitMix64(seed: 20_261_212), shape: .halfHours)
        for number in 0..<60 {
            await Task.yield()
            let (zone, months) = random.generator.pick(ZoneTable.spans)
            guard random.next(of: months, in: zone).isSettled("period \(number)") else { return }
        }
    }
}
