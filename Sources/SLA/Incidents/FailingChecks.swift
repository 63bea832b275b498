/// What the failing checks were last found with: where they spoke to, and why they are down.
struct FailingChecks: Sendable, Equatable {
    private struct Failure: Hashable, Sendable {
        var address: String?
        var cause: Cause?
    }

    private var failures = RevertibleDictionary<String, [String: Failure]>()

    /// Takes note of what a probe found, in order of time.
    mutating func observe(_ observation: Observation) {
        let (service, check) = (observation.check.service, observation.check.check)
        switch observation.sample.state {
        case .down:
            let failure = Failure(address: observation.address, cause: observation.cause)
            if failures.update(service, { $0[check] = failure }) == nil { failures[service] = [check: failure] }
        case .up:
            let isLast = failures.update(service) { checks in
                checks[check] = nil
                return checks.isEmpty
            }
            if isLast == true { failures[service] = nil }
        case .unknown: break
        }
    }

    /// The outage of `service` since `since`, with what is known of it.
    func outage(of service: Service, since: Instant) -> AffectedService {
        let found = (failures.current[service.id] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
        return AffectedService(
            service: service.id, customer: service.customer, downSince: since,
            addresses: Set(found.compactMap(\.address)).sorted(), cause: found.lazy.compactMap(\.cause).first)
    }

    /// Why the first of `services` is down that it is known of.
    func cause(of services: some Sequence<String>) -> Cause? {
        services.lazy.compactMap { failures.current[$0]?.values.lazy.compactMap(\.cause).first }.first
    }

    /// What has changed stays.
    mutating func commit() { failures.commit() }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() { failures.revert() }
}
