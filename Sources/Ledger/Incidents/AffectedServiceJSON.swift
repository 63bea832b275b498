import SLA

/// A service in the JSON of the column `services`.
struct AffectedServiceJSON: Codable {
    var service: String
    var customer: String
    var downSince: Int64?
    var addresses: [String]
    var cause: String?

    enum CodingKeys: String, CodingKey {
        case service, customer, addresses, cause
        case downSince = "down_since"
    }

    init(_ service: AffectedService) throws {
        self.service = service.service
        customer = service.customer
        downSince = service.downSince?.milliseconds
        addresses = service.addresses
        cause = try service.cause.map(CauseText.text)
    }

    var value: AffectedService {
        AffectedService(
            service: service, customer: customer, downSince: downSince.map(Instant.init), addresses: addresses,
            cause: cause.map(CauseText.cause))
    }
}
