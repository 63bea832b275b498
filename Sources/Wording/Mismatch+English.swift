import SLA

extension Mismatch {
    var english: String {
        switch self {
        case .status(let found, let expected):
            "status \(found), expected \(expected.map(Self.range).joined(separator: ", "))"
        case .headerMissing(let name): "header \(name) is missing"
        case .header(let name, let value, let pattern):
            "header \(name) is \(value.quoted), expected to match \(pattern.quoted)"
        case .bodyLacks(let text): "body does not contain \(text.quoted)"
        case .bodyContains(let text): "body contains \(text.quoted)"
        case .bodyMismatch(let pattern): "body does not match \(pattern.quoted)"
        case .latency(let took, let most): "latency \(took) ms, at most \(most) ms"
        }
    }

    private static func range(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }
}
