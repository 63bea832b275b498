/// Everything that is agreed and watched: one agreement, its customers, their services.
public struct Catalog: Hashable, Sendable {
    /// What is promised.
    public let agreement: Agreement
    /// The customers, sorted by identifier.
    public let customers: [Customer]
    /// The services, sorted by customer, then by identifier: the order of every report.
    public let services: [Service]
    /// The identifiers of the customers, and of those whose any service ever was: what a scope can name.
    public let everyCustomer: Set<String>
    /// The groups to which any service ever belonged.
    public let everyGroup: Set<String>
    private let positions: [String: Int]

    /// A catalogue; the identifiers are unique, and each service's customer is among `customers`.
    public init(agreement: Agreement, customers: [Customer], services: [Service]) {
        self.agreement = agreement
        self.customers = customers.sorted { $0.id < $1.id }
        self.services = services.sorted { ($0.customer, $0.id) < ($1.customer, $1.id) }
        everyCustomer = services.reduce(into: Set(customers.map(\.id))) { $0.formUnion($1.customers) }
        everyGroup = services.reduce(into: []) { $0.formUnion($1.everyGroup) }
        positions = Dictionary(
            self.services.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// The same under `agreement`.
    func under(_ agreement: Agreement) -> Catalog {
        agreement == self.agreement
            ? self : Catalog(agreement: agreement, customers: customers, services: services)
    }

    /// The checks of all services.
    public var allChecks: [Check] { services.flatMap(\.checks) }

    /// The customer called `id`, if there is one.
    public func customer(_ id: String) -> Customer? {
        let index = customers.partitionPoint { $0.id >= id }
        return index < customers.endIndex && customers[index].id == id ? customers[index] : nil
    }

    /// The service called `id`, if there is one.
    public func service(_ id: String) -> Service? {
        positions[id].map { services[$0] }
    }
}
