/// The wall clock as the monitor sees it from step to step: what has become of it, once.
struct ClockWatch: Sendable, Equatable {
    /// How long it must not have stepped before anything of the month before is forgotten, in ms.
    private static let settledAfter: Milliseconds = 3_600_000

    /// What is seen of it in a step.
    struct Change: Hashable, Sendable {
        /// By how many ms it has stepped; negative: back.
        var step: Milliseconds?
        /// That it is doubted since, or believed again; nil where it is as it was.
        var trust: ClockTrustChange?
        /// The pass that has ended.
        var passEnd: PassEnd?
    }

    private var steps = ClockStepDetector()
    private var isDoubted: Bool
    /// The pass that is recorded as the monitor's.
    private var pass: Revertible<Pass>

    /// One that goes on after `history`.
    init(_ history: MonitorHistory) {
        isDoubted = history.isClockDoubted
        pass = Revertible(history.pass)
    }

    /// Whether it can be relied on: no figure of a month before is asked for any more.
    func isSettled(at now: Now) -> Bool { steps.isSteady(at: now.monotonic, for: Self.settledAfter) }

    /// Takes note of `now`. What the clock shows is so whatever becomes of the step, and is seen once; but the end of a
    /// pass is a fact.
    mutating func see(_ now: Now) -> Change {
        var change = Change(step: steps.step(to: now))
        if now.isDoubted != isDoubted {
            isDoubted = now.isDoubted
            change.trust = ClockTrustChange(at: now)
        }
        if now.pass > pass.current {
            // Where the clock went forth and comes back, it is known meanwhile.
            let known = now.isDoubted ? now.recordedAt : min(now.wall, now.passedEnd ?? now.wall)
            change.passEnd = PassEnd(pass: pass.current, at: now.passedEnd, next: now.pass, recordedAt: known)
            pass.set(now.pass)
        }
        return change
    }

    /// What has changed stays.
    mutating func commit() { pass.commit() }

    /// The end of the pass is not recorded.
    mutating func revert() { pass.revert() }
}
