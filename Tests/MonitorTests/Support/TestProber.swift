import Platform
import Probing
import SLA
import Synchronization

@testable import Monitor

/// Probes that end when the test says so.
final class TestProber: Sendable {
    private struct Probe {
        let check: CheckID
        let end: @Sendable (ProbeResult) -> Void
        var isWaiting: Bool
    }

    private struct State {
        var next: ProbeEngine.Ticket = 0
        var probes: [ProbeEngine.Ticket: Probe] = [:]
    }

    private let state = Mutex(State())
    private let queue = SerialQueue(label: "test.prober")

    /// What the scheduler is given.
    var prober: Prober {
        Prober(
            queue: queue,
            begin: { request, end in
                self.state.withLock { state in
                    state.next += 1
                    state.probes[state.next] = Probe(check: request.check, end: end, isWaiting: false)
                    return state.next
                }
            },
            isWaiting: { ticket in self.state.withLock { $0.probes[ticket]?.isWaiting ?? false } })
    }

    /// The checks that are being probed; one may be there twice, which would be wrong.
    var underWay: [CheckID] {
        state.withLock { $0.probes.values.map(\.check) }.sorted { ($0.service, $0.check) < ($1.service, $1.check) }
    }

    /// From now on every probe waits for its turn, or has it.
    func wait(_ isWaiting: Bool) {
        state.withLock { state in
            for ticket in state.probes.keys { state.probes[ticket]?.isWaiting = isWaiting }
        }
    }

    /// Ends every probe, at `now`, as `found` says, at `address`.
    func endAll(_ now: Now, address: String? = nil, _ found: (CheckID) -> SampleState) async {
        let probes = state.withLock { state in
            defer { state.probes = [:] }
            return state.probes.sorted { $0.key < $1.key }.map(\.value)
        }
        for probe in probes {
            let result = ProbeResult(
                observation: Observation(
                    check: probe.check, sample: Sample(at: now.wall, state: found(probe.check)), address: address))
            await withCheckedContinuation { continuation in
                queue.queue.async {
                    probe.end(result)
                    continuation.resume()
                }
            }
        }
    }
}
