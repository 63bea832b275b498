import Foundation

/// What the lines before a body say, as they come. Pure.
struct AnswerHead {
    /// Whether the transfer goes on behind a line.
    enum Reading: Hashable {
        case taken
        /// The headers are at their end, and a redirect that is followed: its body is nobody's, as in browsers.
        case redirected
        case tooLong, compressedTooOften
    }

    /// How many bytes of lines are read.
    let limit: Int
    /// Whether all headers are wanted.
    let keepsHeaders: Bool
    /// Whether redirects are followed.
    let follows: Bool

    private(set) var headers: [FinishedTransfer.Header] = []
    /// Whether the headers came to their end; those of an interim answer (1xx) do not count.
    private(set) var hasEnded = false
    /// What was said last of the body's text.
    private(set) var contentType = ""
    /// Where a redirect would point, as it was written last.
    private(set) var location: String?
    /// The codings that the body has.
    var codings: AnswerCodings { AnswerCodings(content: contentCodings, transfer: transferCodings) }
    private var bytes = 0
    private var contentCodings = ""
    private var transferCodings = ""
    /// Which of those that are kept as text was read last, if that was the last header; a line may go on with it.
    private var last: WritableKeyPath<AnswerHead, String>?

    init(limit: Int, keepsHeaders: Bool, follows: Bool) {
        self.limit = limit
        self.keepsHeaders = keepsHeaders
        self.follows = follows
    }

    /// Takes a header line, a status line or the empty line at the end, where the answer has `status`.
    mutating func read(_ line: UnsafeRawBufferPointer, status: @autoclosure () -> Int) -> Reading {
        bytes += line.count
        guard bytes <= limit else { return .tooLong }
        if line.count >= 5, line.prefix(5).elementsEqual("HTTP/".utf8) {
            // Interim answers (1xx) come before the real one and have headers of their own.
            self = AnswerHead(limit: limit, keepsHeaders: keepsHeaders, follows: follows, bytes: bytes)
        } else if line.allSatisfy({ $0 == 13 || $0 == 10 }) {
            let code = status()
            hasEnded = !Self.isInterim(code)
            guard hasEnded else { return .taken }
            if follows, location != nil, Self.isRedirect(code) { return .redirected }
            return codings.layers.count > AnswerCodings.most ? .compressedTooOften : .taken
        } else if line.first == 0x20 || line.first == 0x09 {
            goOn(String(decoding: Self.trimmed(line[...]), as: UTF8.self))
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            last = nil
            guard keepsHeaders || Self.matters(line, colon) else { return .taken }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let value = Self.trimmed(line[(colon + 1)...])
            let text = String(decoding: value, as: UTF8.self)
            if keepsHeaders { headers.append(.init(name: name, value: text)) }
            if name.lowercased() == "location", !value.isEmpty { location = Self.location(value) }
            note(name.lowercased(), text)
        }
        return .taken
    }

    private init(limit: Int, keepsHeaders: Bool, follows: Bool, bytes: Int) {
        self.init(limit: limit, keepsHeaders: keepsHeaders, follows: follows)
        self.bytes = bytes
    }

    /// Most lines are other headers, and need no text: those that matter are told by their length and first letter.
    private static func matters(_ line: UnsafeRawBufferPointer, _ colon: Int) -> Bool {
        switch line[0] | 0x20 {
        case UInt8(ascii: "c"): colon == 12 || colon == 16
        case UInt8(ascii: "t"): colon == 17
        case UInt8(ascii: "l"): colon == 8
        default: false
        }
    }

    /// A line that begins with a space goes on with the header before it (RFC 9112 §5.2).
    private mutating func goOn(_ text: String) {
        if keepsHeaders, let last = headers.indices.last { headers[last].value += " " + text }
        if let last { self[keyPath: last] += " " + text }
    }

    /// Of two types the last counts, and has the parameters of the one before where it is the same without any (Fetch,
    /// "extract a MIME type").
    private mutating func noteType(_ value: String) {
        let essence = { (type: String) in type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased() }
        if essence(value) != essence(contentType) || value.contains(";") { contentType = value }
        last = \.contentType
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        let isSpace = { (byte: UInt8) in [0x20, 0x09, 0x0D, 0x0A].contains(byte) }
        guard let start = bytes.firstIndex(where: { !isSpace($0) }), let end = bytes.lastIndex(where: { !isSpace($0) })
        else { return bytes.prefix(0) }
        return bytes[start...end]
    }

    /// A `Location` as text. Bytes that are no UTF-8 are asked for as they are, each behind a percent sign.
    private static func location(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let digits = Array("0123456789ABCDEF".utf8)
        let ascii = bytes.flatMap { byte in
            byte < 0x80 ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: ascii, as: UTF8.self)
    }

    private mutating func note(_ name: String, _ value: String) {
        switch name {
        case "content-type": noteType(value)
        case "content-encoding": noteCodings(value, \.contentCodings)
        case "transfer-encoding": noteCodings(value, \.transferCodings)
        default: break
        }
    }

    /// Several headers are one list.
    private mutating func noteCodings(_ value: String, _ codings: WritableKeyPath<AnswerHead, String>) {
        self[keyPath: codings] += "," + value
        last = codings
    }

    /// The statuses with which a `Location` is followed; of the others it says something else (RFC 9110 §15.4).
    static func isRedirect(_ status: Int) -> Bool { [301, 302, 303, 307, 308].contains(status) }

    /// Whether another answer follows one of `status`: nothing does in this protocol once it was switched.
    private static func isInterim(_ status: Int) -> Bool {
        (100...199).contains(status) && status != 101
    }
}
