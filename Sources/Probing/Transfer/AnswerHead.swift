import Foundation

/// What the lines before a body say, as they come. Pure.
struct AnswerHead {
    /// Whether the transfer goes on behind a line.
    enum Reading: Hashable {
        case taken
        /// It does, and the body is taken as it comes: it has a coding that nobody knows.
        case takenUndecoded
        case tooLong, compressedTwice
    }

    /// How many bytes of lines are read.
    let limit: Int
    /// Whether all headers are wanted.
    let keepsHeaders: Bool

    private(set) var headers: [FinishedTransfer.Header] = []
    /// Whether the headers came to their end; those of an interim answer (1xx) do not count.
    private(set) var hasEnded = false
    /// What was said last of the body's text.
    private(set) var contentType = ""
    /// Where a redirect would point, as it was written last.
    private(set) var location: String?
    private var bytes = 0
    /// How many times the answer says it is compressed.
    private var compressions = 0
    private var isUndecoded = false

    init(limit: Int, keepsHeaders: Bool) {
        self.limit = limit
        self.keepsHeaders = keepsHeaders
    }

    /// Takes a header line, a status line or the empty line at the end, where the answer has `status`.
    mutating func read(_ line: UnsafeRawBufferPointer, status: @autoclosure () -> Int) -> Reading {
        bytes += line.count
        guard bytes <= limit else { return .tooLong }
        if line.count >= 5, line.prefix(5).elementsEqual("HTTP/".utf8) {
            // Interim answers (1xx) come before the real one and have headers of their own.
            self = AnswerHead(limit: limit, keepsHeaders: keepsHeaders, bytes: bytes)
        } else if line.allSatisfy({ $0 == 13 || $0 == 10 }) {
            hasEnded = !Self.isInterim(status())
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")), keepsHeaders || Self.matters(line, colon) {
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let value = Self.trimmed(line[(colon + 1)...])
            if keepsHeaders { headers.append(.init(name: name, value: value)) }
            return note(name.lowercased(), value)
        }
        return .taken
    }

    private init(limit: Int, keepsHeaders: Bool, bytes: Int) {
        self.init(limit: limit, keepsHeaders: keepsHeaders)
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

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let isSpace = { (byte: UInt8) in [0x20, 0x09, 0x0D, 0x0A].contains(byte) }
        guard let start = bytes.firstIndex(where: { !isSpace($0) }), let end = bytes.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(decoding: bytes[start...end], as: UTF8.self)
    }

    private mutating func note(_ name: String, _ value: String) -> Reading {
        switch name {
        case "content-type": contentType = value
        case "location": location = value.isEmpty ? location : value
        case "content-encoding", "transfer-encoding": return noteCodings(value)
        default: break
        }
        return .taken
    }

    /// A coding that libcurl does not know is none, as in browsers, which then take the body as it comes. libcurl undoes
    /// several one inside the other, within one call and without end: more than one compression is not read.
    private mutating func noteCodings(_ value: String) -> Reading {
        let named = value.lowercased().split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let codings = named.filter { !["", "identity", "chunked", "none"].contains($0) }
        if !codings.allSatisfy(["gzip", "x-gzip", "deflate", "br", "zstd"].contains) { isUndecoded = true }
        compressions += codings.count
        if isUndecoded { return .takenUndecoded }
        return compressions > 1 ? .compressedTwice : .taken
    }

    /// Whether another answer follows one of `status`: nothing does in this protocol once it was switched.
    private static func isInterim(_ status: Int) -> Bool {
        (100...199).contains(status) && status != 101
    }
}
