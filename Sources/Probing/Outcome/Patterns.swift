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
        /// It matches, and would perhaps not where the text went on: `$` does, and so may what must not follow.
        case foundByTheEnd
        /// The search was given up: some patterns take ages, or more memory than there is, on some texts.
        case tooSlow
    }

    /// How many reports of ICU's there are for each look at the clock, which costs as much as a start in vain does. So
    /// many starts in vain take no 10,000 ns: where that much passes, one report may have been of saved states.
    private static let reportsPerLook = 16

    /// Whether `expression` matches anywhere in `text`.
    static func search(for expression: NSRegularExpression, in text: String, within budget: SearchBudget) -> Finding {
        guard !budget.isExhausted() else { return .tooSlow }
        // Only an end that ICU calls a good one says that there is no match: it also gives up by itself.
        var finding = Finding.tooSlow
        var watch = StartWatch(used: budget.used)
        var reports = 0
        let excludes = expression.pattern.contains("(?!")
        let range = NSRange(text.startIndex..., in: text)
        expression.enumerateMatches(in: text, options: [.reportProgress, .reportCompletion], range: range) {
            match, flags, stop in
            if match != nil {
                let isByTheEnd = flags.contains(.requiredEnd) || flags.contains(.hitEnd) && excludes
                finding = isByTheEnd ? .foundByTheEnd : .found
                stop.pointee = true
            } else if flags.contains(.completed) {
                if !flags.contains(.internalError) { finding = .notFound }
            } else {
                reports += 1
                guard reports % Self.reportsPerLook == 0 else { return }
                if budget.isExhausted() { stop.pointee = true }
                watch.report(passed: budget.passed, used: budget.used)
            }
        }
        guard finding == .notFound else { return finding }
        budget.read()
        watch.end(used: budget.used)
        guard !watch.mayHaveGivenUp else {
            budget.giveUp()
            return .tooSlow
        }
        return .notFound
    }
}
