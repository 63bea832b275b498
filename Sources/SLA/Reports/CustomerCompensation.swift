/// What is due to one customer for a month (clause 7).
public struct CustomerCompensation: Hashable, Sendable {
    /// The customer's identifier.
    public let customer: String
    /// The figures with something due, to be settled or to be agreed, by service.
    public let figures: [MonthFigures]
    /// What they come to together.
    public let sums: CompensationSums
}

/// What several credits come to: the sums of amounts as they are paid, each rounded already.
public struct CompensationSums: Hashable, Sendable {
    /// What is to be paid as it was computed.
    public private(set) var computed: Amount
    /// What is to be paid as it was agreed.
    public private(set) var negotiated: Amount
    /// What is to be paid of settled claims.
    public private(set) var claimed: Amount
    /// The least that is to be settled.
    public private(set) var toSettleFrom: Amount
    /// The most that is to be settled.
    public private(set) var toSettleTo: Amount
    /// How many months of services are to be settled.
    public private(set) var toSettle = 0
    /// How many have no amount yet, as it is to be agreed or there is no price; also of those to be settled, the ones
    /// whose range has such an end.
    public private(set) var open = 0

    /// What is to be paid in all.
    public var due: Amount { computed + negotiated + claimed }

    /// The sums of `credits`, in `currency`.
    init(of credits: [Credit], in currency: String?) {
        let nothing = Amount.zero(in: currency)
        (computed, negotiated, claimed) = (nothing, nothing, nothing)
        (toSettleFrom, toSettleTo) = (nothing, nothing)
        for credit in credits {
            if let range = credit.toSettle {
                toSettle += 1
                toSettleFrom = toSettleFrom + (range.from.amount ?? nothing)
                toSettleTo = toSettleTo + (range.to.amount ?? nothing)
                if range.from.amount == nil || range.to.amount == nil { open += 1 }
            } else if let due = credit.due {
                if !credit.claims.isEmpty {
                    claimed = claimed + due
                } else if credit.negotiation != nil {
                    negotiated = negotiated + due
                } else {
                    computed = computed + due
                }
            } else {
                open += 1
            }
        }
    }
}

extension MonthlyReport {
    /// What is due, by customer; those to whom nothing is are left out.
    public var compensation: [CustomerCompensation] {
        let due = Dictionary(grouping: figures.filter { $0.credit != nil }, by: \.service.customer)
        return due.sorted { $0.key < $1.key }.map { customer, figures in
            CustomerCompensation(customer: customer, figures: figures, sums: sums(of: figures))
        }
    }

    /// What is due in all.
    public var compensationSums: CompensationSums { sums(of: figures) }

    private func sums(of figures: [MonthFigures]) -> CompensationSums {
        CompensationSums(of: figures.compactMap(\.credit), in: agreement.compensation.currency)
    }
}
