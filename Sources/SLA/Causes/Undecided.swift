/// What was looked for in a body of which only the beginning was read or came, and was not found there: it may stand in
/// the rest, so nothing follows from that (semantics §3).
public enum Undecided: Codable, Hashable, Sendable {
    /// A text; so many bytes of the body were read.
    case text(Excerpt, first: Int)
    /// A match of a regular expression; likewise.
    case pattern(Excerpt, first: Int)
    /// A text; the body is compressed, and that breaks off where so many bytes have come of it.
    case textBeforeBreak(Excerpt, first: Int)
    /// A match of a regular expression; likewise.
    case patternBeforeBreak(Excerpt, first: Int)
}
