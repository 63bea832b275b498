/// Which samples of a check are in its series, and how they are read: by which rules, and without those that a void
/// takes (semantics §3.2, §3.3).
public struct SeriesRules: Hashable, Sendable {
    /// By which rules, since when.
    public var check: CheckRules
    /// The time in which samples leave the series.
    public var voids: SampleVoids

    /// The series by these rules.
    public init(_ check: CheckRules, voids: SampleVoids = SampleVoids()) {
        self.check = check
        self.voids = voids
    }

    /// Whether `sample` is in no series: the check was not part of its service, or a void takes it.
    @inline(__always)
    public func leavesOut(_ sample: Sample) -> Bool {
        !check.step(at: sample.at).isPart || voids.takes(sample)
    }

    /// Where the coverage of `sample` ends, whatever follows.
    @inline(__always)
    func reach(of sample: Sample) -> Instant {
        let reach = check.reach(of: sample.at)
        guard let void = voids.end(after: sample) else { return reach }
        return min(reach, void)
    }

    /// Whether a failing run of `count` samples that began at `first` is an outage.
    @inline(__always)
    func isOutage(_ count: Int, since first: Instant) -> Bool { count >= check.step(at: first).confirm }
}
