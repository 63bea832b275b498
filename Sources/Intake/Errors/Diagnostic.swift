import SLA

/// One mistake in something that a person or a program wrote for us, with all it takes to mend it.
public struct Diagnostic: Hashable, Sendable, Comparable, Error {
    /// The file, as it was named to us.
    public var file: String
    /// The line, from 1; nil where the file as a whole is meant.
    public var line: Int?
    /// The field, as `services[2].paid` or a column's name; nil where none is meant.
    public var field: String?
    /// What is wrong: what was found, and what was expected, in a sentence without a full stop.
    public var message: String
    /// The valid name nearest to what was found, where one is near.
    public var nearest: String?

    /// A mistake in `file`.
    public init(file: String, line: Int? = nil, field: String? = nil, message: String, nearest: String? = nil) {
        self.file = file
        self.line = line
        self.field = field
        self.message = message
        self.nearest = nearest
    }

    /// `conf.yaml:12: services[2].custmer: unknown key, expected …; did you mean customer?`
    public var description: String {
        var text = file.onOneLine
        if let line { text += ":\(line)" }
        text += ": "
        if let field { text += field.onOneLine + ": " }
        text += message.onOneLine
        return text + didYouMean(nearest?.onOneLine)
    }

    /// By file, then by line, then as they were found.
    public static func < (a: Diagnostic, b: Diagnostic) -> Bool {
        (a.file, a.line ?? 0) < (b.file, b.line ?? 0)
    }

    /// `text` in quotes, cut where it is long: how a message shows what was found.
    public static func quoted(_ text: some StringProtocol) -> String {
        let limit = 60
        return "\"" + text.prefix(limit) + (text.count > limit ? "…" : "") + "\""
    }
}

extension Diagnostic: CustomStringConvertible {}

/// Every mistake of one reading, so that all are mended at once.
public struct Diagnostics: ClassifiedError, Sendable {
    /// The mistakes, by file and line; at least one.
    public let all: [Diagnostic]
    /// How many more there are, which are not shown.
    public let hidden: Int

    /// The mistakes of one reading, in any order, and how many more there are.
    public init(_ all: [Diagnostic], hidden: Int = 0) {
        self.hidden = hidden
        // Stable, so that two mistakes of one line stay in the order of the line.
        self.all = all.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }.map(\.element)
    }

    /// A line for each, and one for those that are not shown.
    public var lines: [String] {
        all.map(\.description) + (hidden > 0 ? ["\(hidden) more mistakes are not shown"] : [])
    }

    /// The same, as one text.
    public var description: String { lines.joined(separator: "\n") }
}
