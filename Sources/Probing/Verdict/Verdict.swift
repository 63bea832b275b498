import SLA

/// What a probe came to, and why where it is not up.
struct Verdict: Hashable, Sendable {
    let state: SampleState
    let cause: String?

    static let up = Verdict(state: .up, cause: nil)

    /// The service's fault: it did not do what it should.
    static func down(_ cause: String) -> Verdict {
        Verdict(state: .down, cause: Cause.clip(cause))
    }

    /// Our own fault, or our configuration's: nothing is known of the service.
    static func unknown(_ cause: String) -> Verdict {
        Verdict(state: .unknown, cause: Cause.clip(cause))
    }

    /// The same, said of a hop behind a redirect.
    func behindRedirect(to url: String) -> Verdict {
        guard let cause else { return self }
        return Verdict(state: state, cause: Cause.clip("at \(url): \(cause)"))
    }
}
