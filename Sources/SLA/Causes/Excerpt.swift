/// The beginning of a text that somebody else wrote: what is kept of it is bounded.
public struct Excerpt: Codable, Hashable, Sendable {
    /// How many characters of a long text are kept: as many as a line shows.
    public static let longest = 300

    /// The text, or its beginning.
    public let text: String
    /// Whether there was more of it.
    public let isCut: Bool

    /// What is kept of `text`.
    public init(_ text: String, most: Int = Excerpt.longest) {
        let kept = text.prefix(most)
        self.text = String(kept)
        isCut = kept.endIndex < text.endIndex
    }
}

extension Excerpt: ExpressibleByStringLiteral {
    /// What is kept of a text that is written in the code.
    public init(stringLiteral text: String) { self.init(text) }
}
