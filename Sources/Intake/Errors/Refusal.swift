/// Why what was asked for was not done. Nothing is changed by it.
public struct Refusal: ClassifiedError, Hashable {
    /// What kind of end it is.
    public let exitClass: ExitClass
    /// What was found and what is expected, a line for each mistake.
    public let description: String

    /// A refusal that says `description`.
    public init(_ description: String, as exitClass: ExitClass = .badData) {
        self.description = description
        self.exitClass = exitClass
    }
}
