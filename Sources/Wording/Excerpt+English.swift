import SLA

extension Excerpt {
    /// In quotes, cut after 60 characters.
    var quoted: String {
        "\"" + text.prefix(60) + (isCut || text.count > 60 ? "…" : "") + "\""
    }
}

/// `text` on one line of at most `limit` characters, without anything that would steer a terminal or a log.
func clipped(_ text: String, to limit: Int = 300) -> String {
    var result = ""
    var length = 0
    for scalar in text.unicodeScalars {
        let shown = scalar.shown
        guard length + shown.unicodeScalars.count <= limit - 1 else { return result + "…" }
        result += shown
        length += shown.unicodeScalars.count
    }
    return result
}
