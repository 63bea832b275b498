/// An import as the ledger has it.
public struct RecordedImport: Hashable, Sendable {
    /// Its number; later imports have greater ones, and one that is not recorded yet has 0.
    public var number: Int64
    /// The file.
    public var file: ImportedFile
    /// When it began.
    public var at: Instant
    /// Who made it.
    public var by: String
    /// When it was complete; nil where it was interrupted, or goes on.
    public var completedAt: Instant?
    /// What became of it; nil where it was interrupted, or goes on.
    public var outcome: ImportOutcome?

    /// An import; what is not known yet is left out.
    public init(
        number: Int64, file: ImportedFile, at: Instant, by: String, completedAt: Instant? = nil,
        outcome: ImportOutcome? = nil
    ) {
        self.number = number
        self.file = file
        self.at = at
        self.by = by
        self.completedAt = completedAt
        self.outcome = outcome
    }
}
