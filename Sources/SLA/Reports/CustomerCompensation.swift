/// What is due to one customer for a month (clause 7).
public struct CustomerCompensation: Hashable, Sendable {
    /// The customer's identifier.
    public let customer: String
    /// The figures with something due, by service.
    public let figures: [MonthFigures]
    /// What is to be paid in all: the sum of the amounts as they are paid, each rounded already.
    public let total: Amount
    /// How many of the services have no amount yet: it is to be agreed, or there is no price.
    public let open: Int
}

extension MonthlyReport {
    /// What is due, by customer; those to whom nothing is are left out.
    public var compensation: [CustomerCompensation] {
        let due = Dictionary(grouping: figures.filter { $0.credit != nil }, by: \.service.customer)
        return due.sorted { $0.key < $1.key }.map { customer, figures in
            let amounts = figures.compactMap { $0.credit?.due }
            return CustomerCompensation(
                customer: customer, figures: figures,
                total: amounts.reduce(.zero(in: agreement.compensation.currency), +),
                open: figures.count - amounts.count)
        }
    }
}
