/// Finds steps of the wall clock: samples around one may overlap or leave a gap.
public struct ClockStepDetector: Hashable, Sendable {
    /// The least that is taken for a step back, and for one forth, in ms; less is what time keeping does.
    private static let leastBack: Milliseconds = 100
    private static let leastForth: Milliseconds = 1000

    private var last: Now?
    /// Since when it has not stepped, as far as that was seen.
    private var steadySince: MonotonicInstant?

    /// A detector that has seen nothing yet.
    public init() {}

    /// Whether the clock has not stepped for `length` ms at `now`.
    public func isSteady(at now: MonotonicInstant, for length: Milliseconds) -> Bool {
        steadySince.map { now - $0 >= length } ?? false
    }

    /// By how many ms it has stepped since the last call, negative: back; nil where it has not.
    public mutating func step(to now: Now) -> Milliseconds? {
        defer { last = now }
        guard let last else {
            steadySince = now.monotonic
            return nil
        }
        let step = (now.wall - last.wall) - (now.monotonic - last.monotonic)
        if step > -Self.leastBack, step < Self.leastForth { return nil }
        steadySince = now.monotonic
        return step
    }
}
