import Intake

/// Every mistake in what was asked to be recorded. Nothing is recorded then.
public struct InvalidRequest: ClassifiedError, Hashable {
    /// The mistakes, in the order in which they were found; at least one.
    public let mistakes: [Mistake]

    /// What is wrong with one field.
    public struct Mistake: Hashable, Sendable {
        /// The field.
        public let field: RequestField
        /// What was found, and what was expected.
        public let message: FieldMessage
        /// Whether it is only the record that says so: where there is none, it is no mistake.
        let isOfRecord: Bool
    }

    init(mistakes: [Mistake]) { self.mistakes = mistakes }

    /// The one mistake that `field` is wrong, as the record says.
    init(_ field: RequestField, _ message: FieldMessage) {
        mistakes = [Mistake(field: field, message: message, isOfRecord: true)]
    }

    /// Whether nothing is wrong with the words themselves.
    var isOfRecord: Bool { mistakes.allSatisfy(\.isOfRecord) }

    /// Bad data.
    public var exitClass: ExitClass { .badData }

    /// A line for each mistake, each field by its name.
    public var lines: [String] { lines(naming: \.rawValue) }

    /// The same, as one text.
    public var description: String { lines.joined(separator: "\n") }

    /// A line for each mistake, each field called as `name` says.
    public func lines(naming name: (RequestField) -> String) -> [String] {
        mistakes.map { "\(name($0.field)): \($0.message.text(naming: name))" }
    }
}
