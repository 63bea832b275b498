import SLA

/// What probes found that were made once, for somebody to look at.
public struct ProbeTrial: Sendable {
    /// A probe, and what it found.
    public typealias Finding = (request: ProbeRequest, result: ProbeResult)

    /// The probes that were asked for, in order.
    public fileprivate(set) var findings: [Finding] = []
    /// The references that were asked because one of them was not up: is it the service, or is it us?
    public fileprivate(set) var references: [Finding] = []

    /// Whether all that were asked for are up.
    var isUp: Bool { findings.allSatisfy { $0.result.observation.sample.state == .up } }
}

extension ProbeEngine {
    /// Makes `requests`, one after the other, and where one of them is not up, `references` as well.
    public func trial(of requests: [ProbeRequest], references: [ProbeRequest] = []) async -> ProbeTrial {
        var trial = ProbeTrial()
        for request in requests { trial.findings.append((request, await probe(request))) }
        if trial.isUp { return trial }
        for request in references { trial.references.append((request, await probe(request))) }
        return trial
    }
}
