import Foundation

/// Regular expressions in texts that others wrote.
///
/// Each is compiled for its search and not kept: that takes a few µs of a search's own thread, and a compiled
/// expression keeps the stack that its deepest search has needed, up to 16 MB.
enum Patterns {
    /// `pattern` compiled, or nil where it is no regular expression.
    static func compile(_ pattern: String) -> NSRegularExpression? {
        try? NSRegularExpression(pattern: pattern)
    }

    enum Finding: Hashable {
        case found, notFound
        /// The search was given up: some patterns take ages, or more memory than there is, on some texts.
        case tooSlow
    }

    /// Whether `expression` matches anywhere in `text`.
    static func search(for expression: NSRegularExpression, in text: String, within patience: Patience) -> Finding {
        guard !patience.isOver() else { return .tooSlow }
        // Only an end that ICU calls a good one says that there is no match: it also gives up by itself.
        var finding = Finding.tooSlow
        var watch = StartWatch(used: patience.used)
        let range = NSRange(text.startIndex..., in: text)
        expression.enumerateMatches(in: text, options: [.reportProgress, .reportCompletion], range: range) {
            match, flags, stop in
            if match != nil {
                finding = .found
                stop.pointee = true
            } else if flags.contains(.completed) {
                if !flags.contains(.internalError) { finding = .notFound }
            } else if patience.isOver() {
                stop.pointee = true
            } else {
                watch.report(passed: patience.passed, used: patience.used)
            }
        }
        guard finding == .notFound else { return finding }
        patience.read()
        watch.end(used: patience.used)
        guard !watch.mayHaveGivenUp else {
            patience.lose()
            return .tooSlow
        }
        return .notFound
    }
}
