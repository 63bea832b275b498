import SLA

/// A duration on the command line.
struct DurationArgument {
    /// In ms, above 0.
    let duration: Milliseconds

    /// - Throws: what is expected, where it is none.
    init(_ text: String) throws(InstantArgument.Mistake) {
        guard let duration = DurationText.duration(text), duration > 0 else {
            throw InstantArgument.Mistake(description: "expected a duration above 0, as 90s or 5m")
        }
        self.duration = duration
    }
}
