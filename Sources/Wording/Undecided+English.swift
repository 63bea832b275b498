import SLA

extension Undecided {
    var english: String {
        switch self {
        case .text(let text, let first): "\(text.quoted) is not in the \(Self.rest(first))"
        case .pattern(let pattern, let first): "a match of \(pattern.quoted) is not in the \(Self.rest(first))"
        }
    }

    private static func rest(_ first: Int) -> String {
        "first \(SizeText.spoken(first)) of the body; what follows was not read (body_limit)"
    }
}
