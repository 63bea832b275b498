/// Why what was asked for was not done. Nothing is changed by it.
public struct Refusal: ClassifiedError, Hashable {
    /// What kind of end it is.
    public let exitClass: ExitClass
    /// What was found and what is expected, for each mistake.
    public let lines: [String]

    /// A refusal that says `description`, of one mistake.
    public init(_ description: String, as exitClass: ExitClass = .badData) {
        self.init(lines: [description], as: exitClass)
    }

    /// A refusal that says `lines`, one for each mistake.
    public init(lines: [String], as exitClass: ExitClass = .badData) {
        self.lines = lines
        self.exitClass = exitClass
    }

    /// The lines as one text.
    public var description: String { lines.joined(separator: "\n") }
}
