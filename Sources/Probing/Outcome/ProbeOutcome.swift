import SLA

/// What a probe came to, and why where it is not up.
struct ProbeOutcome: Hashable, Sendable {
    let state: SampleState
    let cause: String?

    static let up = ProbeOutcome(state: .up, cause: nil)

    /// The service's fault: it did not do what it should.
    static func down(_ cause: String) -> ProbeOutcome {
        ProbeOutcome(state: .down, cause: Cause.clip(cause))
    }

    /// Our own fault, or our configuration's: nothing is known of the service.
    static func unknown(_ cause: String) -> ProbeOutcome {
        ProbeOutcome(state: .unknown, cause: Cause.clip(cause))
    }

    /// The same, said of a hop behind a redirect. A long URL is cut, to leave room for the reason.
    func behindRedirect(to url: String) -> ProbeOutcome {
        guard let cause else { return self }
        return ProbeOutcome(state: state, cause: Cause.clip("at \(Cause.clip(url, to: 80)): \(cause)"))
    }
}
