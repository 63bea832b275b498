/// What a Swift file declares, and which names it uses: enough of the language to say which folder needs which.
struct SwiftDeclarations {
    /// A name where it is used.
    struct Use: Hashable {
        /// From 1.
        let line: Int
        let name: String
        /// Whether it stands behind a point: a member, a case or a type inside another.
        let isMember: Bool
    }

    /// A member that an extension gives to a type.
    struct ExtensionMember: Hashable {
        /// The type's name; the outermost, where it is a type inside another.
        let type: String
        let name: String
    }

    /// What stands at the top level and is not private to the file.
    private(set) var topLevel: Set<String> = []
    /// What extensions add and is not private.
    private(set) var extensionMembers: Set<ExtensionMember> = []
    /// Every name that is declared inside a type or an extension of one.
    private(set) var members: Set<String> = []
    /// Every name that is declared anywhere: inside the file it means that, whatever else has the name elsewhere.
    private(set) var own: Set<String> = []
    /// Every name that is used, in order; declarations among them.
    private(set) var uses: [Use] = []

    private struct Token {
        let line: Int
        let text: String
        /// Whether it is a name, or a keyword.
        let isWord: Bool
        /// Whether it is a name however it reads: it stands in backticks.
        var isQuoted = false
    }

    private enum Scope: Equatable {
        case type
        case `extension`(String)
        case body
    }

    init(_ source: SwiftSource) {
        let tokens = Self.tokens(source.lines)
        var scopes: [Scope] = []
        var opening: Scope?
        for (index, token) in tokens.enumerated() {
            let previous = index > 0 ? tokens[index - 1].text : ""
            switch token.text {
            case "{":
                scopes.append(opening ?? .body)
                opening = nil
            case "}":
                _ = scopes.popLast()
            default:
                guard token.isWord else { continue }
                uses.append(Use(line: token.line, name: token.text, isMember: previous == "."))
                guard !token.isQuoted, previous != ".", previous != "import", index + 1 < tokens.count,
                    tokens[index + 1].isWord, !Self.declaring.contains(tokens[index + 1].text)
                else { continue }
                let isPrivate = Self.isPrivate(index, in: tokens)
                let name = tokens[index + 1].text
                if token.text == "extension" {
                    opening = isPrivate ? .type : .extension(name)
                } else if Self.declaring.contains(token.text) {
                    declare(name, in: scopes.last, isPrivate: isPrivate)
                    if Self.types.contains(token.text) { opening = .type }
                }
            }
        }
    }

    private static let types: Set = ["struct", "enum", "class", "actor", "protocol"]
    private static let declaring = types.union(["typealias", "func", "var", "let", "case"])

    private mutating func declare(_ name: String, in scope: Scope?, isPrivate: Bool) {
        own.insert(name)
        switch scope {
        case nil: if !isPrivate { topLevel.insert(name) }
        case .type: members.insert(name)
        case .extension(let type):
            members.insert(name)
            if !isPrivate { extensionMembers.insert(ExtensionMember(type: type, name: name)) }
        case .body: break
        }
    }

    /// Whether `private` or `fileprivate` stands on the line before the keyword at `index`; not that of a setter.
    private static func isPrivate(_ index: Int, in tokens: [Token]) -> Bool {
        let line = tokens[..<index].reversed().prefix { $0.line == tokens[index].line && $0.text != ";" }
        var next = ""
        for token in line {
            if ["private", "fileprivate"].contains(token.text), next != "(" { return true }
            next = token.text
        }
        return false
    }

    private static func tokens(_ lines: [String]) -> [Token] {
        var tokens: [Token] = []
        for (index, line) in lines.enumerated() {
            var rest = line[...]
            while let first = rest.first {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                if !word.isEmpty {
                    let isQuoted = tokens.last.map { $0.text == "`" && $0.line == index + 1 } ?? false
                    if isQuoted { tokens.removeLast() }
                    tokens.append(Token(line: index + 1, text: String(word), isWord: true, isQuoted: isQuoted))
                    rest = rest.dropFirst(word.count)
                    if isQuoted { rest = rest.dropFirst() }
                } else {
                    if !first.isWhitespace { tokens.append(Token(line: index + 1, text: String(first), isWord: false)) }
                    rest = rest.dropFirst()
                }
            }
        }
        return tokens
    }
}
