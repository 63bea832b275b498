@testable import Probing

/// A body is the same text in pieces and as a whole, for whatever looks into it, and its length is bounded by the body's.
enum TextProperty {
    /// A line of texts, separated by commas; a line with a `Content-Type`; then the body, in pieces that end at each tab.
    static func check(_ bytes: UnsafeRawBufferPointer) throws {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count == 3, let words = String(validating: lines[0], as: UTF8.self) else { return }
        let texts = words.split(separator: ",").prefix(4).map { String($0) }
        let type = ContentType(String(decoding: lines[1], as: UTF8.self))
        let body = Array(lines[2])
        for isCut in [false, true] {
            var search = BodySearch(texts, type: type)
            var start = 0
            for end in body.indices.filter({ body[$0] == UInt8(ascii: "\t") }) + [body.count] {
                // A piece of its own memory, so that reading beyond it shows.
                Array(body[start..<end]).withUnsafeBytes { search.read($0) }
                start = end
            }
            let found = search.finish(cut: isCut)
            var whole = BodySearch(texts, type: type)
            body.withUnsafeBytes { whole.read($0) }
            try demand(found == whole.finish(cut: isCut), "found \(found) in pieces, and others as a whole")
            let text = Array(BodyText.text(body, type: type, isCut: isCut).utf8)
            // Each byte that is no text becomes three, and one that is a letter of Vietnamese at most as many.
            try demand(text.count <= 3 * body.count, "\(body.count) bytes became \(text.count)")
            for word in found where !contains(word, in: text) && isTextItself(body) {
                throw Violation(
                    description: "\(String(decoding: word, as: UTF8.self)) was found, and is not in the text")
            }
        }
    }

    /// Of what is no UTF-8 the bytes are searched as they are, and the text has replacements.
    private static func isTextItself(_ body: [UInt8]) -> Bool { String(validating: body, as: UTF8.self) != nil }

    private static func contains(_ word: [UInt8], in text: [UInt8]) -> Bool {
        text.count < 4096 ? (0...text.count).contains { text[$0...].starts(with: word) } : true
    }
}
