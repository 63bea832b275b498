import Intake
import SLA

extension Catalog {
    /// The service called `id`.
    public func requiredService(_ id: String) throws(Unknown) -> Service {
        if let service = service(id) { return service }
        throw Unknown(.service, id, among: services.map(\.id))
    }

    /// The customer called `id`.
    @discardableResult
    func requiredCustomer(_ id: String) throws(Unknown) -> Customer {
        if let customer = customers.first(where: { $0.id == id }) { return customer }
        throw Unknown(.customer, id, among: customers.map(\.id))
    }
}
