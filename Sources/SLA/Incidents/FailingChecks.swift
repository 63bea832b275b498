/// What the failing checks were last found with: where they spoke to, and why they are down.
struct FailingChecks: Sendable, Equatable {
    private struct Failure: Hashable, Sendable {
        let at: Instant
        let address: String?
        let cause: Cause?
        /// Whether the check has been up since.
        var isOver = false
    }

    private var failures = RevertibleDictionary<String, [String: Failure]>()

    /// Takes note of what a probe found, in order of time.
    mutating func observe(_ observation: Observation) {
        let (service, check) = (observation.check.service, observation.check.check)
        switch observation.sample.state {
        case .down:
            let failure = Failure(at: observation.sample.at, address: observation.address, cause: observation.cause)
            if failures.update(service, { $0[check] = failure }) == nil { failures[service] = [check: failure] }
        case .up:
            // An outage may be known only when it is over.
            guard failures.current[service]?[check]?.isOver == false else { return }
            _ = failures.update(service) { $0[check]?.isOver = true }
        case .unknown: break
        }
    }

    /// The outage of `service` since `since`, with what is known of it.
    func outage(of service: Service, since: Instant) -> AffectedService {
        let found = found(service.id, since: since)
        return AffectedService(
            service: service.id, customer: service.customer, downSince: since,
            addresses: Set(found.compactMap(\.address)).sorted(), cause: found.lazy.compactMap(\.cause).first)
    }

    /// Why the first of `outages` is down that it is known of.
    func cause(of outages: some Sequence<PendingOutages.Begun>) -> Cause? {
        outages.lazy.compactMap { found($0.service.id, since: $0.start).lazy.compactMap(\.cause).first }.first
    }

    /// How the checks of `service` fail, in their order; where none does any more, how those did that have since `since`.
    private func found(_ service: String, since: Instant) -> [Failure] {
        let all = (failures.current[service] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
        let failing = all.filter { !$0.isOver }
        return failing.isEmpty ? all.filter { $0.at >= since } : failing
    }

    /// What has changed stays.
    mutating func commit() { failures.commit() }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() { failures.revert() }
}
