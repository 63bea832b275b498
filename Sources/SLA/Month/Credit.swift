/// What a missed commitment is worth to the customer (clause 7; semantics §9).
public struct Credit: Hashable, Sendable {
    /// How it was found.
    public enum Basis: Hashable, Sendable {
        /// By the tier that gives this share of what was paid for the month, in percent.
        case tier(percent: ExactDecimal)
        /// By agreement with the customer: no tier says anything.
        case negotiate
        /// It is left open by the measurements: a person settles it, and this is what it can be.
        case toSettle(CreditRange)
    }

    /// How it was found.
    public let basis: Basis
    /// What was paid for the month; nil where a part of it has no price.
    public let paid: Amount?
    /// What the tier gives, at most the cap; nil where no tier does, or there is no price.
    public let computed: Amount?
    /// The most that is paid; nil where no price is recorded.
    public let cap: Amount?
    /// What was agreed over the computed amount; nil where nothing was.
    public let negotiation: Negotiation?
    /// The claims of the month that were settled: together they stand over both.
    public let claims: [Claim]
    /// What is to be paid: the settled claims' sum, else the negotiated amount, else the computed one, none above the cap;
    /// nil where it has yet to be agreed or settled, or no price is recorded.
    public let due: Amount?

    /// What is left open, until somebody settles it; nil where nothing is.
    public var toSettle: CreditRange? {
        if case .toSettle(let range) = basis, due == nil { range } else { nil }
    }

    /// What is due of a month that has ended, or nil where nothing is.
    ///
    /// - Parameters:
    ///   - plain: what would be due without the provider's own corrections; nil where there are none.
    ///   - agreed: what was agreed. It counts whatever the verdict: people have given their word.
    init?(
        _ assessment: CreditAssessment, without plain: CreditAssessment?, price: MonthPrice, under rule: Compensation,
        agreed: CreditAgreement
    ) {
        if let range = assessment.leftOpen(beside: plain, under: rule.uncertain) {
            basis = .toSettle(range)
            computed = nil
        } else {
            switch assessment.own.level {
            case .tier(let percent): basis = .tier(percent: percent)
            case .negotiate: basis = .negotiate
            case .nothing:
                if agreed.isNothing { return nil }
                basis = .negotiate
            }
            computed = if case .tier = basis { assessment.own.amount } else { nil }
        }
        let digits = Currency.minorDigits(of: rule.currency)
        let cap = rule.cap(of: price.last)
        self.cap = cap
        negotiation = agreed.negotiation
        claims = agreed.claims
        paid = price.paid?.amount(minorDigits: digits)
        due = agreed.amount(minorDigits: digits).map { amount in cap.map { min(amount, $0) } ?? amount } ?? computed
    }
}

/// What the credit of one service's month is found by.
struct CreditBasis: Hashable, Sendable {
    /// What the figures make due, by themselves.
    let assessment: CreditAssessment
    /// What was paid for the month.
    let price: MonthPrice
    /// What was agreed over the computed credit.
    let agreed: CreditAgreement

    init(_ figures: AvailabilityFigures, price: MonthPrice, agreed: CreditAgreement, under agreement: Agreement) {
        self.price = price
        self.agreed = agreed
        assessment = CreditAssessment(
            of: figures.availability, between: figures.availabilityMin, and: figures.availabilityMax, price: price,
            under: agreement)
    }
}

/// What was agreed with a customer of one service's month.
struct CreditAgreement: Hashable, Sendable {
    /// Over the computed amount; nil where nothing was.
    let negotiation: Negotiation?
    /// The claims that were settled.
    let claims: [Claim]

    /// What is known of it at `asOf`.
    init(_ settlements: Settlements, of service: String, in month: CivilMonth, asOf: Instant) {
        negotiation = .inForce(settlements.negotiations, of: service, in: month, asOf: asOf)
        claims = settlements.settledClaims(of: service, in: month, asOf: asOf)
    }

    var isNothing: Bool { negotiation == nil && claims.isEmpty }

    /// The claims' sum, else what was negotiated; nil where nothing was agreed.
    func amount(minorDigits: Int) -> Amount? {
        let settled = claims.compactMap { $0.settlement?.amount }.map { Money($0).amount(minorDigits: minorDigits) }
        guard let first = settled.first else {
            return negotiation?.amount.map { Money($0).amount(minorDigits: minorDigits) }
        }
        return settled.dropFirst().reduce(first, +)
    }
}
