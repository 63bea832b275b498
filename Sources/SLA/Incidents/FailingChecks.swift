/// What the failing checks were last found with: where they spoke to, and why they are down.
struct FailingChecks: Hashable, Sendable {
    private struct Failure: Hashable {
        var address: String?
        var cause: String?
    }

    private var failures: [String: [String: Failure]] = [:]

    /// Takes note of what a probe found, in order of time.
    mutating func observe(_ observation: Observation) {
        let (service, check) = (observation.check.service, observation.check.check)
        switch observation.sample.state {
        case .down:
            failures[service, default: [:]][check] = Failure(address: observation.address, cause: observation.cause)
        case .up:
            guard failures[service] != nil else { return }
            failures[service]?[check] = nil
            if failures[service]?.isEmpty == true { failures[service] = nil }
        case .unknown: break
        }
    }

    /// The outage of `service` since `since`, with what is known of it.
    func outage(of service: Service, since: Instant) -> AffectedService {
        let found = (failures[service.id] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
        return AffectedService(
            service: service.id, customer: service.customer, downSince: since,
            addresses: Set(found.compactMap(\.address)).sorted(), cause: found.lazy.compactMap(\.cause).first)
    }
}
