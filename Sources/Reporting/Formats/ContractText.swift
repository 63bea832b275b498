import SLA

/// The contract of a service as documents show it: its own, else its customer's.
enum ContractText {
    static func contract(of service: String, in catalog: Catalog) -> ContractReference? {
        guard let service = catalog.service(service) else { return nil }
        return service.contract ?? catalog.customer(service.customer)?.contract
    }

    /// `acme-web: contract HĐ-17/2026, 2026-01-01 to 2027-01-01`; nil where none is known.
    static func line(of service: String, in catalog: Catalog) -> String? {
        contract(of: service, in: catalog).map { contract in
            let from = contract.from.map { ", from \($0)" } ?? ""
            return "\(service): contract \(contract.number)\(from)" + (contract.to.map { " to \($0)" } ?? "")
        }
    }

    /// The same for programs; null where none is known.
    static func json(of service: String, in catalog: Catalog) -> JSONValue {
        contract(of: service, in: catalog).map { contract in
            .object([
                "number": .text(contract.number), "from": JSONValue(contract.from?.description),
                "to": JSONValue(contract.to?.description),
            ])
        } ?? .null
    }
}
