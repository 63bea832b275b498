/// Why an amount cannot be agreed as compensation for a service's month (clause 7).
public enum NegotiationRefusal: Error, Hashable, Sendable {
    /// The amount is none that can be agreed.
    case amount(AmountRefusal)
    /// The month has not begun.
    case monthAhead
    /// Nothing was paid for in the month, so nothing can be due.
    case notPaidFor
}

extension Negotiation {
    /// All that forbids agreeing on `amount` for a service's month at `now`; nothing where it may be agreed.
    ///
    /// - Parameters:
    ///   - amount: in the agreement's currency; nil where it could not be read.
    ///   - others: what else of the month is agreed and added to it.
    ///   - begin: of the month.
    ///   - verdict: of the service in that month; nil where the service was not known in it.
    ///   - price: of a month; looked at only where the service was known.
    public static func refusals(
        of amount: ExactDecimal?, besides others: [ExactDecimal] = [], begin: Instant, verdict: Verdict?,
        price: ExactDecimal?,
        under compensation: Compensation, now: Instant
    ) -> [NegotiationRefusal] {
        var refusals: [NegotiationRefusal] = []
        if let amount, verdict != nil, let refusal = compensation.refusal(of: amount, besides: others, price: price) {
            refusals.append(.amount(refusal))
        }
        if begin > now {
            refusals.append(.monthAhead)
        } else if verdict == nil || verdict == .notCommitted {
            refusals.append(.notPaidFor)
        }
        return refusals
    }
}
