/// SHA-256 in hexadecimal of a statement's parts.
public struct StatementDigests: Hashable, Sendable {
    /// Of the report's bytes.
    public var csv: String
    /// Of the whole input document.
    public var inputs: String
    /// Of the agreement's lines in it.
    public var agreement: String
    /// Of the lines of services and checks.
    public var terms: String
    /// Of the exclusions' lines.
    public var exclusions: String
    /// Of the negotiations' lines.
    public var negotiations: String
    /// Of ``KeptSeries/index(of:)`` of all the samples.
    public var samples: String

    /// Digests.
    public init(
        csv: String, inputs: String, agreement: String, terms: String, exclusions: String,
        negotiations: String, samples: String
    ) {
        self.csv = csv
        self.inputs = inputs
        self.agreement = agreement
        self.terms = terms
        self.exclusions = exclusions
        self.negotiations = negotiations
        self.samples = samples
    }
}
