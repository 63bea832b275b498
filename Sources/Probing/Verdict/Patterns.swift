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

    /// How often ICU may report progress, each time after 10,000 steps: about 0.3 s in all. By itself it gives
    /// up after some more, and then says that there is no match, which would be a false down.
    private static let patience = 2000

    /// Whether `expression` matches anywhere in `text`.
    static func search(_ expression: CompiledPattern, in text: String) -> Finding {
        var finding = Finding.notFound
        var reports = 0
        let range = NSRange(text.startIndex..., in: text)
        expression.enumerateMatches(in: text, options: [.reportProgress], range: range) { match, _, stop in
            reports += 1
            if match != nil {
                finding = .found
            } else if reports > patience {
                finding = .tooSlow
            } else {
                return
            }
            stop.pointee = true
        }
        return finding
    }
}
