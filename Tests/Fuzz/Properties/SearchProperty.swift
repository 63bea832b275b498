@testable import Probing

/// Texts are found where they are, however the bytes come, and no more is kept than one of them may have begun with.
enum SearchProperty {
    /// A line of texts, separated by commas; then the body, in pieces that end at each tab.
    static func check(_ bytes: UnsafeRawBufferPointer) throws {
        let head = bytes.prefix { $0 != UInt8(ascii: "\n") }
        guard let line = String(validating: head, as: UTF8.self) else { return }
        let texts = line.utf8.split(separator: UInt8(ascii: ","), maxSplits: 7).map {
            String(decoding: $0, as: UTF8.self)
        }
        let body = Array(bytes.dropFirst(head.count + 1))
        var search = StreamSearch(texts)
        let longest = texts.map(\.utf8.count).max() ?? 0
        var start = 0
        for end in body.indices.filter({ body[$0] == UInt8(ascii: "\t") }) + [body.count] {
            // A piece of its own memory, so that reading beyond it shows.
            Array(body[start..<end]).withUnsafeBytes { search.read($0) }
            start = end
            try demand(search.kept.count < max(1, longest), "keeps \(search.kept.count) of at most \(longest - 1)")
        }
        // In one piece the body is searched without any border.
        var whole = StreamSearch(texts)
        body.withUnsafeBytes { whole.read($0) }
        try demand(search.found == whole.found, "found \(search.found), in one piece \(whole.found)")
        for text in texts where body.count < 256 {
            let isThere = (0...body.count).contains { body[$0...].starts(with: text.utf8) }
            try demand(whole.found.contains(Array(text.utf8)) == isThere, "\(text) is there: \(isThere)")
        }
    }
}
