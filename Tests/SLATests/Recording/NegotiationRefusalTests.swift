import SLA
import Testing

/// What may be agreed as compensation, and all that forbids it at once (clause 7).
@Suite struct NegotiationRefusalTests {
    private let compensation = Compensation(capMonths: 6, currency: "VND", tiers: [])
    private let begin = Instant(milliseconds: 1000)

    private func refusals(
        of amount: Int64?, _ verdict: Verdict?, price: Int64? = 100, now: Int64 = 5000
    ) -> [NegotiationRefusal] {
        Negotiation.refusals(
            of: amount.map { ExactDecimal($0) }, begin: begin, verdict: verdict, price: price.map { ExactDecimal($0) },
            under: compensation, now: Instant(milliseconds: now))
    }

    @Test(arguments: [Verdict.met, .breached, .unmeasured])
    func anAmountUpToTheCapIsAgreedForWhateverMonthWasPaidFor(_ verdict: Verdict) {
        #expect(refusals(of: 600, verdict) == [])
        #expect(refusals(of: 0, verdict) == [])
        #expect(refusals(of: 601, verdict) == [.amount(.aboveCap(cap: "600", months: 6))])
    }

    @Test func withoutAPriceThereIsNoCap() {
        #expect(refusals(of: 1, .met, price: nil) == [.amount(.noPrice)])
    }

    @Test func nothingIsDueWhereNothingWasPaidFor() {
        #expect(refusals(of: 1, .notCommitted) == [.notPaidFor])
        #expect(refusals(of: 700, .notCommitted) == [.amount(.aboveCap(cap: "600", months: 6)), .notPaidFor])
        // Of a service that the month did not know there is no price to hold the amount against.
        #expect(refusals(of: 700, nil, price: nil) == [.notPaidFor])
    }

    @Test func aMonthThatHasNotBegunIsAhead() {
        #expect(refusals(of: 1, .notCommitted, now: 999) == [.monthAhead])
        #expect(refusals(of: 1, .met, now: 1000) == [])
    }

    @Test func anAmountThatCannotBeReadHidesNothingElse() {
        #expect(refusals(of: nil, .notCommitted) == [.notPaidFor])
    }
}
