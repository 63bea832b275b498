/// What the agreement gives for an availability.
public enum CreditLevel: Hashable, Sendable {
    /// Nothing: the commitment was kept.
    case nothing
    /// What people agree on: it was not kept, and no tier reaches so high.
    case negotiate
    /// A tier's share of what was paid for the month, in percent.
    case tier(percent: ExactDecimal)
}

/// What is due for an availability at a bound of a month's.
public struct CreditBound: Hashable, Sendable {
    /// What the agreement gives.
    public let level: CreditLevel
    /// That as an amount, at most the cap; nil where it is to be agreed, or there is no price.
    public let amount: Amount?

    /// Whether more is due than at `other`; what is to be agreed is more than nothing, and less than any tier's share.
    func exceeds(_ other: CreditBound) -> Bool {
        if let amount, let least = other.amount { return amount > least }
        return switch (level, other.level) {
        case (.tier(let more), .tier(let less)): more > less
        case (.tier, _), (.negotiate, .nothing): true
        case (.negotiate, _), (.nothing, _): false
        }
    }
}

/// What a month's credit can be, where its measurements leave that open.
public struct CreditRange: Hashable, Sendable {
    /// The least: at the upper bound of availability.
    public let from: CreditBound
    /// The most: at the lower bound of availability.
    public let to: CreditBound

    /// Whether `amount`, in `currency`, lies in it; an end that has no amount bounds nothing.
    public func contains(_ amount: ExactDecimal, in currency: String?) -> Bool {
        let amount = Money(amount).amount(minorDigits: Currency.minorDigits(of: currency))
        return from.amount.map { $0 <= amount } ?? true && to.amount.map { amount <= $0 } ?? true
    }
}

/// What one set of a month's figures makes due: by the availability itself, and at its bounds.
struct CreditAssessment: Hashable, Sendable {
    /// By the availability itself.
    let own: CreditBound
    /// Between the bounds.
    let range: CreditRange

    /// The credit of a month that was available for a share of its time, which lies between two others, by what was paid
    /// for it; nothing where there is no share.
    init(
        of availability: Ratio?, between low: Ratio?, and high: Ratio?, price: MonthPrice, under agreement: Agreement
    ) {
        let rule = agreement.compensation
        let digits = Currency.minorDigits(of: rule.currency)
        let cap = rule.cap(of: price.last)
        func bound(_ availability: Ratio?) -> CreditBound {
            let level = agreement.creditLevel(of: availability)
            switch level {
            case .nothing: return CreditBound(level: level, amount: .zero(in: rule.currency))
            case .negotiate: return CreditBound(level: level, amount: nil)
            case .tier(let percent):
                let amount = price.paid?.amount(percent: percent, minorDigits: digits)
                return CreditBound(level: level, amount: amount.map { amount in cap.map { min(amount, $0) } ?? amount })
            }
        }
        own = bound(availability)
        range = CreditRange(from: bound(high), to: bound(low))
    }

    /// Whether the credit is the same at both bounds.
    var isSameAtBounds: Bool { !range.to.exceeds(range.from) && !range.from.exceeds(range.to) }

    /// What is left open: the range, where the bounds differ and `rule` has that settled; and, under either rule, where
    /// `plain`, what would be due without the provider's own corrections, is more: then both ranges together.
    func leftOpen(beside plain: CreditAssessment?, under rule: Compensation.UncertainMonth) -> CreditRange? {
        if let plain {
            let isMore =
                switch rule {
                case .settle: plain.range.from.exceeds(range.from) || plain.range.to.exceeds(range.to)
                case .pay: plain.own.exceeds(own)
                }
            if isMore {
                return CreditRange(
                    from: range.from.exceeds(plain.range.from) ? plain.range.from : range.from,
                    to: plain.range.to.exceeds(range.to) ? plain.range.to : range.to)
            }
        }
        return rule == .settle && !isSameAtBounds ? range : nil
    }
}

extension Agreement {
    /// What is due for `availability` (semantics §9); nothing where there is none.
    func creditLevel(of availability: Ratio?) -> CreditLevel {
        guard let availability, !availability.isAtLeast(objective) else { return .nothing }
        let tier = compensation.tiers.filter { !availability.isAtLeast($0.below) }.min { $0.below < $1.below }
        return tier.map { .tier(percent: $0.percent) } ?? .negotiate
    }
}
