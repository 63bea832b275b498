/// What if: some of the recorded facts taken away, and others added. Nothing of it is ever recorded.
public struct Hypothesis: Hashable, Sendable {
    /// The identifiers of exclusions, voids, downtimes and withdrawals of paid time that are not to count.
    public var without: [String]
    /// The files whose facts are to count as well, as they were named.
    public var files: [String]
    /// The exclusions of those files.
    public var exclusions: [Exclusion]
    /// The voids and downtimes of those files.
    public var corrections: [Correction]

    /// A hypothesis.
    public init(
        without: [String], files: [String] = [], exclusions: [Exclusion] = [], corrections: [Correction] = []
    ) {
        self.without = without
        self.files = files
        self.exclusions = exclusions
        self.corrections = corrections
    }
}

extension Hypothesis: CustomStringConvertible {
    /// As `without E3 V1 with draft.csv`, on one line.
    public var description: String {
        [("without", without), ("with", files)].filter { !$0.1.isEmpty }
            .map { "\($0.0) \($0.1.joined(separator: " "))" }.joined(separator: " ").onOneLine
    }
}

extension FigureInputs {
    /// The same as if `hypothesis` were so. Paid time is another by its withdrawals already.
    public func supposing(_ hypothesis: Hypothesis) -> FigureInputs {
        let gone = Set(hypothesis.without)
        var own = self
        own.exclusions = exclusions.filter { !gone.contains($0.id) } + hypothesis.exclusions
        own.corrections = corrections.filter { !gone.contains($0.id) } + hypothesis.corrections
        return own
    }
}
