import Foundation
import SLA

/// How a cause lies in a column of text: as JSON, with its data, or as the words that somebody else gave it, which is
/// how an earlier version kept all of them.
enum CauseText {
    /// What is kept of `cause`.
    static func text(_ cause: Cause) throws -> String {
        // Words that look like a cause are wrapped as one, so that they come back as words.
        if case .text(let words) = cause, !words.hasPrefix("{") { return words }
        return try JSONText.encode(cause)
    }

    /// The cause that `text` is. What begins as JSON and is no cause of ours was somebody's words as well.
    static func cause(_ text: String) -> Cause {
        guard text.hasPrefix("{") else { return .text(text) }
        return (try? JSONDecoder().decode(Cause.self, from: Data(text.utf8))) ?? .text(text)
    }
}
