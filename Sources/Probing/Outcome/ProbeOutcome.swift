import SLA

/// What a probe came to, and why where it is not up.
struct ProbeOutcome: Hashable, Sendable {
    let state: SampleState
    let cause: Cause?

    static let up = ProbeOutcome(state: .up, cause: nil)

    /// The service's fault: it did not do what it should.
    static func down(_ cause: Cause) -> ProbeOutcome {
        ProbeOutcome(state: .down, cause: cause)
    }

    /// Our own fault, or our configuration's: nothing is known of the service.
    static func unknown(_ cause: Cause) -> ProbeOutcome {
        ProbeOutcome(state: .unknown, cause: cause)
    }

    /// The same, said of a hop behind a redirect.
    func behindRedirect(to url: String) -> ProbeOutcome {
        guard let cause else { return self }
        return ProbeOutcome(state: state, cause: .behindRedirect(url: Excerpt(url), cause))
    }
}
