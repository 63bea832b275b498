import Intake

/// Why a text is not YAML, as libyaml says it.
struct YAMLFault: Error {
    enum Place {
        /// A line and a column, from 1.
        case line(Int, column: Int)
        /// How many bytes stand before it.
        case byte(Int)
    }

    struct Context {
        let text: String
        let line: Int
    }

    let problem: String
    let place: Place
    /// What was being read, and where that began.
    let context: Context?
    /// Whether it is about the characters, not about what they make.
    let isOfScanner: Bool

    /// What it means to the one who wrote `text`.
    func diagnostic(in text: String, file: String) -> Diagnostic {
        switch place {
        case .byte(let offset):
            let before = String(decoding: text.utf8.prefix(offset), as: UTF8.self)
            return Diagnostic(
                file: file, line: 1 + before.count(where: \.isNewline), message: "not YAML: \(problem)")
        case .line(let line, let column):
            // To libyaml a text ends on a line of its own, also where no line end is before it.
            let last = 1 + text.count(where: \.isNewline)
            if isOfScanner, Self.isTab(line: line, column: column, in: text) {
                return Diagnostic(
                    file: file, line: min(line, last),
                    message: "a tab where YAML takes only spaces, expected indentation by spaces")
            }
            // libyaml points at where it gave up; where the thing began is often the line to mend.
            let began = context.map { "\($0.text) that begins on line \(min($0.line, last)): " } ?? ""
            return Diagnostic(file: file, line: min(line, last), message: "not YAML: " + began + problem)
        }
    }

    private static func isTab(line: Int, column: Int, in text: String) -> Bool {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.indices.contains(line - 1) else { return false }
        return lines[line - 1].unicodeScalars.dropFirst(column - 1).first == "\t"
    }
}
