import SLA

extension Undecided {
    var english: String {
        switch self {
        case .text(let text, let first): "\(text.quoted) \(Self.absence(first)); \(Self.limit)"
        case .pattern(let pattern, let first): "a match of \(pattern.quoted) \(Self.absence(first)); \(Self.limit)"
        case .textBeforeBreak(let text, let first): "\(text.quoted) \(Self.absence(first)); \(Self.end)"
        case .patternBeforeBreak(let pattern, let first):
            "a match of \(pattern.quoted) \(Self.absence(first)); \(Self.end)"
        }
    }

    private static let limit = "what follows was not read (body_limit)"
    private static let end = "its compression breaks off there, before its end"

    private static func absence(_ first: Int) -> String {
        "is not in the first \(SizeText.spoken(first)) of the body"
    }
}
