@testable import Probing

/// However a coded body is cut into pieces, it comes to the same.
enum CodingProperty {
    /// A line with what `Content-Encoding` says; then the body.
    static func check(_ bytes: UnsafeRawBufferPointer) throws {
        let head = bytes.prefix { $0 != UInt8(ascii: "\n") }
        guard let line = String(validating: head, as: UTF8.self) else { return }
        let codings = AnswerCodings(content: line, transfer: "")
        guard codings.layers.count <= AnswerCodings.most else { return }
        let body = Array(bytes.dropFirst(head.count + 1))
        let whole = decode(body, codings, size: max(1, body.count))
        for size in [1, 3] {
            let pieces = decode(body, codings, size: size)
            try demand(pieces.isCut == whole.isCut, "cut in pieces of \(size): \(pieces.isCut)")
            if case .damaged = whole.reading {
                // A library gives what it had of a damaged block where that came in pieces, and nothing where it did not:
                // the body is damaged all the same.
                let common = min(pieces.text.count, whole.text.count)
                try demand(pieces.text.prefix(common) == whole.text.prefix(common), "other bytes before the damage")
            } else {
                try demand(pieces.text == whole.text, "\(pieces.text.count) bytes, in one piece \(whole.text.count)")
            }
            try demand(pieces.reading == whole.reading, "\(pieces.reading), in one piece \(whole.reading)")
        }
    }

    private struct Decoded {
        var reading = BodyDecoder.Reading.goesOn
        var text: [UInt8] = []
        var isCut = false
    }

    private static func decode(_ body: [UInt8], _ codings: AnswerCodings, size: Int) -> Decoded {
        let decoder = BodyDecoder(codings)
        var result = Decoded()
        for start in stride(from: 0, to: body.count, by: size) where result.reading == .goesOn {
            // A piece of its own memory, so that reading beyond it shows.
            result.reading = Array(body[start..<min(start + size, body.count)]).withUnsafeBytes { piece in
                decoder.read(piece) {
                    result.text += $0.prefix(100_000 - result.text.count)
                    return result.text.count < 100_000
                }
            }
        }
        result.isCut = decoder.isCut && result.reading != .enough
        return result
    }
}
