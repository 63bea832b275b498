extension SampleVoids {
    /// Whether `sample` leaves the series.
    public func takes(_ sample: Sample) -> Bool {
        !isEmpty && intervals(of: sample.family).contains(sample.at)
    }

    /// The instant at which the coverage of `sample`, which stays in the series, ends at the latest: the beginning of
    /// the next void of its family; nil where none follows.
    func end(after sample: Sample) -> Instant? {
        isEmpty ? nil : intervals(of: sample.family).start(after: sample.at)
    }
}
