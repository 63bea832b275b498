import SLA

/// What the probes of all addresses of one name came to, as long as some are open. Pure.
struct AddressResults {
    /// The probes that are open.
    private(set) var open: Set<ProbeEngine.Ticket> = []
    private var results: [ProbeResult] = []

    /// The probe of one address was opened.
    mutating func begin(_ ticket: ProbeEngine.Ticket) {
        open.insert(ticket)
    }

    /// One of them has ended.
    mutating func end(_ ticket: ProbeEngine.Ticket, _ result: ProbeResult) {
        if open.remove(ticket) != nil { results.append(result) }
    }

    /// What all of them say together: down where one is, else unknown where one is, else up, as the slowest of those
    /// tells it. It names the address that decides, and began when the first did. Nil while one is open.
    var combined: ProbeResult? {
        let samples = results.map(\.observation.sample)
        guard open.isEmpty, let first = samples.min(by: { ($0.pass, $0.at) < ($1.pass, $1.at) }),
            var deciding = results.max(by: { Self.weight($0) < Self.weight($1) })
        else { return nil }
        let sample = deciding.observation.sample
        deciding.observation.sample = Sample(
            at: first.at, state: sample.state, pass: first.pass, family: sample.family)
        if let cause = deciding.observation.cause, let address = deciding.observation.address, results.count > 1,
            !cause.isMonitorStopping
        {
            deciding.observation.cause = .atAddress(address, of: results.count, cause)
        }
        deciding.isQuick = results.allSatisfy(\.isQuick)
        return deciding
    }

    private static func weight(_ result: ProbeResult) -> (Int, Int64) {
        let states: [SampleState] = [.up, .unknown, .down]
        return (states.firstIndex(of: result.observation.sample.state) ?? 0, result.observation.phases.total ?? 0)
    }
}
