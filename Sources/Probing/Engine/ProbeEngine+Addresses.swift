import Addresses
import Platform
import SLA

/// A probe of each address of a name.
extension ProbeEngine {
    /// Probes each of `addresses` by itself, in the time that `probe` has left; that ends with the last of them.
    func gather(_ probe: ActiveProbe, _ addresses: [IPAddress], _ now: MonotonicInstant) {
        // Each takes a place of its own.
        leave(probe)
        var results = AddressResults()
        let began = configuration.clock()
        for address in addresses {
            var request = probe.request
            request.specification.addresses = .any
            request.specification.connectTo = address.description
            request.timeout = max(1, probe.remaining(now))
            // A ticket is known only once its probe is open, which ends no sooner than the next turn does.
            let next = nextTicket
            let parent = probe.id
            results.begin(
                openProbe(request, policy: probe.policy, url: probe.url, at: began) { result in
                    self.assumeIsolated { $0.gathered(parent, next, result) }
                })
        }
        probe.stage = .gathering(results)
    }

    private func gathered(_ parent: Ticket, _ child: Ticket, _ result: ProbeResult) {
        guard let probe = probes[parent], case .gathering(var results) = probe.stage else { return }
        results.end(child, result)
        probe.stage = .gathering(results)
        guard let combined = results.combined else { return }
        probes[parent] = nil
        probe.completion(combined)
    }
}
