/// What several services had together: times added up, and availability as the share of the sums. Percentages are
/// never averaged, which would weigh a day like a month.
public struct CombinedFigures: Hashable, Sendable {
    /// The customer whose services they are; nil where they are everybody's.
    public let customer: String?
    /// How many services.
    public let services: Int
    /// The paid time, in ms.
    public let committed: Milliseconds
    /// What counts as available, in ms.
    public let available: Milliseconds
    /// What counts as down, in ms.
    public let down: Milliseconds
    /// The worst windows of all of them at once.
    public let windows: [WorstWindow]

    /// The share of counted time that was available; nil where none is counted.
    public var availability: Ratio? { Ratio(available, of: available + down) }

    /// The sums of `figures`, whose month and `asOf` leave `period`.
    init(of figures: [MonthFigures], customer: String?, in period: Interval?) {
        self.customer = customer
        services = figures.count
        let partitions = figures.map(\.partition)
        committed = partitions.reduce(0) { $0 + $1.committed.length }
        available = partitions.reduce(0) { $0 + $1.available.length }
        down = partitions.reduce(0) { $0 + $1.down.length }
        windows = WorstWindow.all(of: partitions, in: period)
    }
}

extension MonthlyReport {
    /// What it is of, cut at ``asOf``; nil where nothing of it is over.
    public var period: Interval? { reported.past(in: agreement.calendar, asOf: asOf) }

    /// The figures of each customer that has services, in the order of the report.
    public var byCustomer: [CombinedFigures] {
        var customers: [(id: String, figures: [MonthFigures])] = []
        for own in figures {
            if customers.last?.id != own.service.customer { customers.append((own.service.customer, [])) }
            customers[customers.count - 1].figures.append(own)
        }
        let period = period
        return customers.map { CombinedFigures(of: $0.figures, customer: $0.id, in: period) }
    }

    /// The figures of all services.
    public var overall: CombinedFigures { CombinedFigures(of: figures, customer: nil, in: period) }
}
