import Intake
import SLA

/// Turns records into terms, and reports each that is none.
struct TermsParser {
    private let catalog: Catalog
    /// The terms of each service, with the lines they stand on.
    private(set) var terms: [String: [(term: BilledTerm, line: Int)]] = [:]
    /// For how many more unknown services a near one is looked for: that is slow, and thousands are no slips.
    private var suggestions = 20

    init(catalog: Catalog) { self.catalog = catalog }

    mutating func read(_ table: inout Table) {
        guard let row = row(&table), let term = row.term else { return }
        terms[row.service, default: []].append((term, table.reader.line))
    }

    /// The service of the current record and its term; nil, and reported, where there is none.
    ///
    /// - Parameter mayBeEmpty: whether a record without instants and price, which declares nothing, is one.
    mutating func row(_ table: inout Table, mayBeEmpty: Bool = false) -> (service: String, term: BilledTerm?)? {
        let service = service(&table)
        let from = instant("from", &table)
        let to = instant("to", &table)
        let price = price(&table)
        let plan = table.unguardedText("plan")
        if mayBeEmpty, from == .some(nil), to == .some(nil), price == .some(nil) { return service.map { ($0, nil) } }
        if from == .some(nil) { table.report("from", "found nothing, expected \(TermTime.expected)") }
        guard let service, let start = from ?? nil, let to, let price, let plan else { return nil }
        guard let interval = Interval(start, to ?? .distantFuture) else {
            table.report("to", "the end is not after the beginning, expected an instant later than `from`")
            return nil
        }
        return (service, BilledTerm(interval: interval, price: price, plan: plan))
    }

    /// Reports the terms of one service that overlap at different prices.
    func finish(_ table: inout Table) {
        for list in terms.values { Self.report(list, to: &table) }
    }

    /// Reports those of `list` that overlap at different prices.
    static func report(_ list: [(term: BilledTerm, line: Int)], to table: inout Table) {
        for (earlier, later) in BilledTerms.contradictions(in: list.map(\.term)) {
            table.report(
                line: list[later].line, "price",
                "\(shown(list[later].term)), but line \(list[earlier].line) has \(shown(list[earlier].term)) for some of "
                    + "the same time")
        }
    }

    private static func shown(_ term: BilledTerm) -> String {
        term.price.map { AmountText.shown($0.description) } ?? "no price"
    }

    private mutating func service(_ table: inout Table) -> String? {
        guard let id = table.unguardedText("service"), let customer = table.unguardedText("customer") else {
            return nil
        }
        guard let service = catalog.service(id) else {
            suggestions -= 1
            table.report(
                "service",
                id.isEmpty
                    ? "found nothing, expected a service"
                    : "unknown service \(Diagnostic.quoted(id)), expected one of the configuration's",
                nearest: suggestions >= 0 ? nearestName(to: id, among: catalog.services.lazy.map(\.id)) : nil)
            return nil
        }
        guard customer.isEmpty || customer == service.customer else {
            table.report(
                "customer", "found \(Diagnostic.quoted(customer)), expected \(service.customer), as of service \(id)")
            return nil
        }
        return id
    }

    /// The price in the record: `.some(nil)` where the field is empty, nil, and reported, where it is none.
    private func price(_ table: inout Table) -> ExactDecimal?? {
        guard let text = table.unguardedText("price") else { return nil }
        if text.isEmpty { return .some(nil) }
        let currency = catalog.agreement.compensation.currency
        if let price = AmountText.amount(text, in: currency) { return price }
        table.report("price", "found \(Diagnostic.quoted(text)), expected \(AmountText.expected(in: currency))")
        return nil
    }

    /// The instant in a field: `.some(nil)` where the field is empty, nil, and reported, where it is none.
    private func instant(_ name: String, _ table: inout Table) -> Instant?? {
        guard let text = table.text(name) else { return nil }
        if text.isEmpty { return .some(nil) }
        if let instant = TermTime.instant(text, in: catalog.agreement.calendar) { return instant }
        table.report(name, "found \(Diagnostic.quoted(text)), expected \(TermTime.expected)")
        return nil
    }
}
