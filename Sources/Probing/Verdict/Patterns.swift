import Foundation

typealias CompiledPattern = NSRegularExpression

/// The compiled regular expressions of all specifications, each compiled once.
struct Patterns {
    private var compiled: [String: CompiledPattern] = [:]

    /// `pattern` compiled, or nil where it is no regular expression.
    mutating func expression(_ pattern: String) -> CompiledPattern? {
        if let known = compiled[pattern] { return known }
        guard let expression = try? CompiledPattern(pattern: pattern) else { return nil }
        // A reload leaves expressions behind that nobody uses; it takes many to matter.
        if compiled.count >= 10_000 { compiled.removeAll() }
        compiled[pattern] = expression
        return expression
    }

    enum Finding: Hashable {
        case found, notFound
        /// The search was given up: some patterns take ages on some texts.
        case tooSlow
    }

    /// Whether `expression` matches anywhere in `text`, searching at most `limit` ns.
    static func search(_ expression: CompiledPattern, in text: String, limit: UInt64) -> Finding {
        let begin = Clock.monotonic()
        var finding = Finding.notFound
        let range = NSRange(text.startIndex..., in: text)
        expression.enumerateMatches(in: text, options: [.reportProgress], range: range) { match, _, stop in
            if match != nil {
                finding = .found
                stop.pointee = true
            } else if Clock.monotonic().nanoseconds(since: begin) > limit {
                finding = .tooSlow
                stop.pointee = true
            }
        }
        return finding
    }
}
