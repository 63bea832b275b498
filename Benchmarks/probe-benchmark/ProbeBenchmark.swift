import Addresses
import Dispatch
import Foundation
import Glibc
import Probing
import SLA
import Synchronization

/// Makes N fresh HTTP probes of one URL through ``ProbeEngine``, C at a time, and prints the CPU time of each
/// in µs: the same work as `Benchmarks/probe-loop/loop.c`.
@main
struct ProbeBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let parts = URLComponents(string: arguments[1]), let host = parts.host,
            let wanted = Int(arguments[2]), let atOnce = Int(arguments[3])
        else {
            FileHandle.standardError.write(Data("usage: probe-benchmark URL N C\n".utf8))
            exit(64)
        }
        let limits = ProbeLimits(inFlight: atOnce)
        let policy = try AddressPolicy(allowing: [Network("127.0.0.0/8")])
        let engine = try ProbeEngine(configuration: .init(policy: policy, limits: limits))
        let request = ProbeRequest(
            check: CheckID(service: "benchmark", check: "default"),
            specification: ProbeSpecification(url: arguments[1], scheme: .http, host: host, port: parts.port ?? 80),
            timeout: 10_000, customer: "benchmark", isSlow: false)
        let load = Load(engine: engine, request: request, wanted: wanted)
        for _ in 0..<min(atOnce, wanted) { load.next() }
        let failed = load.wait()
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        let cpu = Double(seconds) * 1e6 + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
        print(String(format: "%.1f", cpu / Double(wanted)))
        exit(failed > 0 ? 1 : 0)
    }
}

/// Keeps a number of probes open until all are made.
final class Load: Sendable {
    private let engine: ProbeEngine
    private let request: ProbeRequest
    private let wanted: Int
    private let state = Mutex((begun: 0, ended: 0, failed: 0))
    private let done = DispatchSemaphore(value: 0)

    init(engine: ProbeEngine, request: ProbeRequest, wanted: Int) {
        self.engine = engine
        self.request = request
        self.wanted = wanted
    }

    func next() {
        let isWanted = state.withLock { state in
            guard state.begun < wanted else { return false }
            state.begun += 1
            return true
        }
        guard isWanted else { return }
        engine.probe(request) { result in
            let isLast = self.state.withLock { state in
                state.ended += 1
                if result.observation.sample.state != .up { state.failed += 1 }
                return state.ended == self.wanted
            }
            if isLast { self.done.signal() } else { self.next() }
        }
    }

    /// Waits until all are made; returns how many were not up.
    func wait() -> Int {
        done.wait()
        return state.withLock { $0.failed }
    }
}
