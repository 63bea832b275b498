/// The code of a Swift file: its comments and the words inside its strings blanked out, its lines where they were.
struct SwiftSource {
    /// The code, line by line.
    let lines: [String]

    private enum Context {
        /// Code; inside an interpolation, with the parentheses that are still open.
        case code(parentheses: Int)
        case lineComment
        case blockComment
        /// A string, with the quotation mark and the number signs that end it.
        case string(end: String, signs: Int)
    }

    init(_ text: String) {
        let bytes = Array(text.utf8)
        var code = ""
        var contexts = [Context.code(parentheses: 0)]
        var index = 0
        func comes(_ word: String) -> Bool { bytes[index...].starts(with: word.utf8) }
        while index < bytes.count {
            var step = 1
            var shown: Character = " "
            switch contexts[contexts.count - 1] {
            case .code(let parentheses):
                shown = Character(Unicode.Scalar(bytes[index]))
                if comes("//") {
                    contexts.append(.lineComment)
                    shown = " "
                } else if comes("/*") {
                    contexts.append(.blockComment)
                    (step, shown) = (2, " ")
                } else if let (start, string) = Self.string(at: bytes[index...]) {
                    contexts.append(string)
                    step = start
                } else if comes("(") {
                    contexts[contexts.count - 1] = .code(parentheses: parentheses + 1)
                } else if comes(")"), parentheses == 0, contexts.count > 1 {
                    contexts.removeLast()
                } else if comes(")") {
                    contexts[contexts.count - 1] = .code(parentheses: parentheses - 1)
                }
            case .lineComment:
                if comes("\n") { contexts.removeLast() }
            case .blockComment:
                if comes("*/") {
                    contexts.removeLast()
                    step = 2
                } else if comes("/*") {
                    contexts.append(.blockComment)
                    step = 2
                }
            case .string(let end, let signs):
                if comes(end) {
                    contexts.removeLast()
                    step = end.utf8.count
                } else if comes("\\" + String(repeating: "#", count: signs) + "(") {
                    contexts.append(.code(parentheses: 0))
                    step = 2 + signs
                } else if signs == 0, comes("\\") {
                    step = 2
                }
            }
            let newlines = bytes[index..<min(index + step, bytes.count)].count { $0 == UInt8(ascii: "\n") }
            code += newlines > 0 ? String(repeating: "\n", count: newlines) : String(shown)
            index += step
        }
        lines = code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// How many bytes begin a string here, and how it ends; nil where none begins.
    private static func string(at bytes: ArraySlice<UInt8>) -> (start: Int, string: Context)? {
        let signs = bytes.prefix { $0 == UInt8(ascii: "#") }.count
        let marks = bytes.dropFirst(signs).prefix(3).prefix { $0 == UInt8(ascii: "\"") }.count
        guard marks > 0 else { return nil }
        let quotes = marks == 3 ? 3 : 1
        let end = String(repeating: "\"", count: quotes) + String(repeating: "#", count: signs)
        return (signs + quotes, .string(end: end, signs: signs))
    }

    /// The modules that are imported, each with its line, from 1.
    var imports: [(line: Int, module: String)] {
        lines.enumerated().flatMap { index, line in
            line.split(separator: ";").compactMap { statement in
                let words = statement.split(whereSeparator: \.isWhitespace)
                guard let keyword = words.firstIndex(of: "import"),
                    words[..<keyword].allSatisfy({ $0.hasPrefix("@") || Self.accessLevels.contains(String($0)) })
                else { return nil }
                let kinds = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
                let named = words[(keyword + 1)...].first { !kinds.contains(String($0)) }
                return named.map { (index + 1, String($0.prefix { $0 != "." })) }
            }
        }
    }

    private static let accessLevels: Set = ["public", "package", "internal", "fileprivate", "private"]

    /// The identifiers in the code, each with its line, from 1.
    var identifiers: [(line: Int, name: String)] {
        lines.enumerated().flatMap { index, line in
            line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map { (index + 1, String($0)) }
        }
    }
}
