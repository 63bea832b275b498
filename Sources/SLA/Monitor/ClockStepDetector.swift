/// Finds steps of the wall clock: samples around one may overlap or leave a gap.
struct ClockStepDetector: Hashable, Sendable {
    /// The least that is taken for a step, in ms; less is what time keeping does.
    private static let least: Milliseconds = 1000

    private var last: Now?

    /// What has stepped since the last call, in a sentence; nil where nothing has.
    mutating func step(to now: Now) -> String? {
        defer { last = now }
        guard let last else { return nil }
        let step = (now.wall - last.wall) - (now.monotonic - last.monotonic)
        guard abs(step) >= Self.least else { return nil }
        return "the clock stepped \(step > 0 ? "forward" : "back") by \(DurationText.spoken(step))"
    }
}
