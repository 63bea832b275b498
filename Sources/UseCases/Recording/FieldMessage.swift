/// Words that may name fields of a request: each caller calls those as its own reader does.
public struct FieldMessage: Hashable, Sendable, ExpressibleByStringInterpolation {
    fileprivate enum Part: Hashable {
        case text(String)
        case field(RequestField)
    }

    private let parts: [Part]

    /// The words, without a field.
    public init(stringLiteral text: String) { parts = [.text(text)] }

    /// The words, with fields among them.
    public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    /// Collects the words of a message.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        /// Nothing yet.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Goes on with `text`.
        public mutating func appendLiteral(_ text: String) { parts.append(.text(text)) }

        /// Goes on with the name of a field.
        public mutating func appendInterpolation(_ field: RequestField) { parts.append(.field(field)) }

        /// Goes on with `value` as it describes itself.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            parts.append(.text(value.description))
        }
    }

    /// The words of one, then those of the other.
    public static func + (first: FieldMessage, second: FieldMessage) -> FieldMessage {
        FieldMessage(parts: first.parts + second.parts)
    }

    private init(parts: [Part]) { self.parts = parts }

    /// The words, each field called as `name` says.
    public func text(naming name: (RequestField) -> String) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .field(let field): name(field)
            }
        }.joined()
    }
}
