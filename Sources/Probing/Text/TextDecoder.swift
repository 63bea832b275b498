import Glibc

/// Decodes a text that comes in pieces into UTF-8, by iconv(3). What is no text becomes U+FFFD, a byte at a time, as in
/// browsers: what follows is text again.
final class TextDecoder {
    /// After so many bytes that are no text the rest is not decoded: each costs a call of its own, and a body of nothing
    /// else is no text.
    private static let mostInvalid = 4096
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    // Opened in init and closed in deinit; used by whoever has this object, one at a time.
    private let converter: iconv_t
    /// The beginning of a character whose end has not come; a few bytes.
    private var incomplete: [UInt8] = []
    private var invalid = 0

    /// A decoder for `encoding`; nil where the system has none.
    init?(_ encoding: TextEncoding) {
        // iconv_open(3) answers (iconv_t)-1 for what it does not know.
        guard let converter = iconv_open("UTF-8", encoding.name), Int(bitPattern: converter) != -1 else { return nil }
        self.converter = converter
    }

    deinit {
        iconv_close(converter)
    }

    /// Decodes the next `piece`; what it yields is handed to `take`, which must not keep it.
    func decode(_ piece: UnsafeRawBufferPointer, _ take: (UnsafeRawBufferPointer) -> Void) {
        guard !piece.isEmpty, invalid <= Self.mostInvalid else { return }
        // A copy, which iconv may be given as what it calls a `char **`; pieces are a few KiB.
        var input = incomplete + piece
        incomplete = []
        let count = input.count
        let left = input.withUnsafeMutableBytes { convert($0, take) }
        incomplete = Array(input[(count - left)...])
    }

    /// The text has come to its end: what is still to come out is handed to `take`.
    func finish(_ take: (UnsafeRawBufferPointer) -> Void) {
        if !incomplete.isEmpty, invalid <= Self.mostInvalid { Self.replacement.withUnsafeBytes(take) }
        incomplete = []
        withOutput { out, room in
            // Without input it writes what it holds back, as the last letter of windows-1258.
            var (next, rest): (UnsafeMutablePointer<CChar>?, Int) = (out, room)
            _ = iconv(converter, nil, nil, &next, &rest)
            take(UnsafeRawBufferPointer(start: out, count: room - rest))
        }
    }

    /// Decodes `input`; returns how many of its last bytes are the beginning of a character.
    private func convert(_ input: UnsafeMutableRawBufferPointer, _ take: (UnsafeRawBufferPointer) -> Void) -> Int {
        // The pointer is good for `left` bytes throughout, and iconv moves both together.
        var next = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var left = input.count
        return withOutput { out, room in
            while left > 0 {
                var (end, rest): (UnsafeMutablePointer<CChar>?, Int) = (out, room)
                let result = iconv(converter, &next, &left, &end, &rest)
                let reason = errno
                if rest < room { take(UnsafeRawBufferPointer(start: out, count: room - rest)) }
                guard result == -1, reason != E2BIG else { continue }
                if reason == EINVAL { return left }
                invalid += 1
                guard invalid <= Self.mostInvalid else { return 0 }
                Self.replacement.withUnsafeBytes(take)
                next = next.map { $0 + 1 }
                left -= 1
            }
            return 0
        }
    }

    private func withOutput<Result>(_ body: (UnsafeMutablePointer<CChar>, Int) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 8192) { buffer in
            // A capacity above zero has an address.
            guard let out = buffer.baseAddress else { preconditionFailure("a buffer without an address") }
            return body(out, buffer.count)
        }
    }
}
