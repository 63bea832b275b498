extension Correction {
    /// The daemon's void of everything in `interval`, of which samples are lost for `reason`, recorded at `instant`.
    public static func ofLostSamples(in interval: Interval, reason: String, at instant: Instant) -> Correction {
        Correction(
            kind: .void, scope: [.services(.all)], interval: interval, reason: reason, recordedAt: instant,
            recordedBy: daemon)
    }
}
