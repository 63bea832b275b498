import SLA

/// What a probe came to, and why where it is not up.
struct ProbeVerdict: Hashable, Sendable {
    let state: SampleState
    let cause: String?

    static let up = ProbeVerdict(state: .up, cause: nil)

    /// The service's fault: it did not do what it should.
    static func down(_ cause: String) -> ProbeVerdict {
        ProbeVerdict(state: .down, cause: Cause.clip(cause))
    }

    /// Our own fault, or our configuration's: nothing is known of the service.
    static func unknown(_ cause: String) -> ProbeVerdict {
        ProbeVerdict(state: .unknown, cause: Cause.clip(cause))
    }

    /// The same, said of a hop behind a redirect. A long URL is cut, to leave room for the reason.
    func behindRedirect(to url: String) -> ProbeVerdict {
        guard let cause else { return self }
        return ProbeVerdict(state: state, cause: Cause.clip("at \(Cause.clip(url, to: 80)): \(cause)"))
    }
}
