import Intake
import Yams

/// Says what is wrong with a text that is not YAML, with its line.
enum YAMLProblem {
    /// What `error`, thrown while reading `text`, means to the one who wrote it.
    static func diagnostic(_ error: any Error, in text: String, file: String) -> Diagnostic {
        func problem(_ message: String, line: Int?) -> Diagnostic {
            Diagnostic(file: file, line: line, message: message)
        }
        // To libyaml a text ends on a line of its own, also where no line end is before it.
        func line(_ mark: Mark) -> Int { min(mark.line, 1 + text.count(where: \.isNewline)) }
        switch error {
        case YamlError.scanner(_, _, let mark, _) where isTab(at: mark, in: text):
            return problem("a tab where YAML takes only spaces, expected indentation by spaces", line: line(mark))
        case YamlError.composer(let context, _, let mark, _) where context != nil:
            return problem("a second document begins here, expected one in a file", line: line(mark))
        case YamlError.composer(_, "found undefined alias", let mark, _):
            return problem("an alias of an anchor that is not defined above it", line: line(mark))
        case YamlError.parser(_, let what, let mark, _) where what.hasPrefix("Maximum nesting level"):
            return problem("nested too deep", line: line(mark))
        case YamlError.scanner(let context, let what, let mark, _),
            YamlError.parser(let context, let what, let mark, _),
            YamlError.composer(let context, let what, let mark, _):
            // libyaml points at where it gave up; where the thing began is often the line to mend.
            let began = context.map { $0.text + " that begins on line \(line($0.mark)): " } ?? ""
            return problem("not YAML: " + began + what, line: line(mark))
        case YamlError.reader(let what, let offset, _, _):
            let line = offset.map { 1 + text.prefix($0).count(where: \.isNewline) }
            return problem("not YAML: \(what)", line: line)
        case YamlError.duplicatedKeysInMapping(let names, let context):
            return problem("duplicate keys: \(names.joined(separator: ", "))", line: line(context.mark))
        default:
            return problem("not YAML: \(error)", line: nil)
        }
    }

    private static func isTab(at mark: Mark, in text: String) -> Bool {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.indices.contains(mark.line - 1) else { return false }
        return lines[mark.line - 1].unicodeScalars.dropFirst(mark.column - 1).first == "\t"
    }
}
