import Glibc

/// Decodes a text that comes in pieces into UTF-8, by iconv(3). What is no text becomes U+FFFD, a unit at a time, as in
/// browsers: what follows is text again. Where the WHATWG Encoding Standard knows more than iconv does, it is followed.
final class TextDecoder {
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
    /// The most that a unit of text becomes.
    private static let longest = 16

    /// How many bytes a unit of text has.
    private let unit: Int
    /// Whether iconv holds a letter back, in case that a mark follows.
    private let holdsBack: Bool
    /// What each byte becomes that iconv takes for no text.
    private let standIns: [[UInt8]]
    // Opened in init and closed in deinit; used by whoever has this object, one at a time.
    private let converter: iconv_t
    /// Knows characters that the other does not; nil for most encodings.
    private let alternative: iconv_t?
    /// The beginning of a character whose end has not come; a few bytes.
    private var incomplete: [UInt8] = []

    /// A decoder for `encoding`; nil where the system has none.
    init?(_ encoding: TextEncoding) {
        // What browsers call Big5 is Big5 with what Hong Kong adds. iconv's table of both has other signs than either.
        let isBig5 = encoding.name == "BIG5-HKSCS"
        guard let converter = Self.open(isBig5 ? "BIG5" : encoding.name) else { return nil }
        unit = encoding.isUTF16 ? 2 : 1
        holdsBack = ["CP1255", "CP1258"].contains(encoding.name)
        standIns = (0...0xFF as ClosedRange<UInt8>).map { Self.standIn(for: $0, in: encoding.name) }
        self.converter = converter
        alternative = isBig5 ? Self.open(encoding.name) : nil
    }

    deinit {
        iconv_close(converter)
        if let alternative { iconv_close(alternative) }
    }

    private static func open(_ name: String) -> iconv_t? {
        // iconv_open(3) answers (iconv_t)-1 for what it does not know.
        guard let converter = iconv_open("UTF-8", name), Int(bitPattern: converter) != -1 else { return nil }
        return converter
    }

    /// Decodes the next `piece`; what it yields is handed to `take`, which must not keep it.
    func decode(_ piece: UnsafeRawBufferPointer, _ take: (UnsafeRawBufferPointer) -> Void) {
        guard !piece.isEmpty else { return }
        // A copy, which iconv may be given as what it calls a `char **`; pieces are a few KiB.
        var input = incomplete + piece
        incomplete = []
        let count = input.count
        let left = input.withUnsafeMutableBytes { convert($0, take) }
        incomplete = Array(input[(count - left)...])
    }

    /// The text has come to its end: what is still to come out is handed to `take`.
    func finish(_ take: (UnsafeRawBufferPointer) -> Void) {
        withOutput { output in
            output.release(converter)
            if !incomplete.isEmpty { output.append(Self.replacement) }
            output.flush(take)
        }
        incomplete = []
    }

    /// Decodes `input`; returns how many of its last bytes are the beginning of a character.
    private func convert(_ input: UnsafeMutableRawBufferPointer, _ take: (UnsafeRawBufferPointer) -> Void) -> Int {
        // The pointer is good for `left` bytes throughout, and iconv moves both together.
        var next = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var left = input.count
        return withOutput { output in
            defer { output.flush(take) }
            while left > 0 {
                let reason = output.convert(converter, &next, &left)
                if output.room < Self.longest { output.flush(take) }
                guard let reason, reason != E2BIG, let at = next else { continue }
                if reason == EINVAL { return left }
                if let alternative {
                    // It takes two bytes for each of its characters.
                    guard left > 1 || UInt8(bitPattern: at[0]) < 0x80 else { return left }
                    var pair = 2
                    if left > 1, output.convert(alternative, &next, &pair) == nil {
                        left -= 2
                        output.release(alternative)
                        continue
                    }
                    next = at
                }
                if holdsBack { output.release(converter) }
                output.append(standIns[Int(UInt8(bitPattern: at[0]))])
                let skipped = min(unit, left)
                next = at + skipped
                left -= skipped
            }
            return 0
        }
    }

    /// What a `byte` becomes that iconv takes for no text.
    private static func standIn(for byte: UInt8, in encoding: String) -> [UInt8] {
        switch (encoding, byte) {
        case ("GB18030", 0x80): Array("€".utf8)
        case ("CP932", 0x80): [0xC2, 0x80]
        case ("CP932", _): replacement
        // Where windows has no character, browsers have the control character of that number.
        case (let name, 0x80...0x9F) where name.hasPrefix("CP"): [0xC2, byte]
        default: replacement
        }
    }

    /// A buffer that decoded text is gathered in.
    private struct Output {
        let buffer: UnsafeMutableBufferPointer<CChar>
        var count = 0

        var room: Int { buffer.count - count }

        /// Converts as much as there is room for; returns the `errno` with which that ended, nil where it is all.
        mutating func convert(
            _ converter: iconv_t, _ next: inout UnsafeMutablePointer<CChar>?, _ left: inout Int
        ) -> Int32? {
            var end = buffer.baseAddress.map { $0 + count }
            var rest = room
            let result = iconv(converter, &next, &left, &end, &rest)
            let reason = errno
            count = buffer.count - rest
            return result == -1 ? reason : nil
        }

        /// Takes what `converter` holds back, as the last letter of windows-1258.
        mutating func release(_ converter: iconv_t) {
            var end = buffer.baseAddress.map { $0 + count }
            var rest = room
            _ = iconv(converter, nil, nil, &end, &rest)
            count = buffer.count - rest
        }

        mutating func append(_ bytes: [UInt8]) {
            for byte in bytes {
                buffer[count] = CChar(bitPattern: byte)
                count += 1
            }
        }

        mutating func flush(_ take: (UnsafeRawBufferPointer) -> Void) {
            if count > 0 { take(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer).prefix(count))) }
            count = 0
        }
    }

    private func withOutput<Result>(_ body: (inout Output) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 8192) { buffer in
            var output = Output(buffer: buffer)
            return body(&output)
        }
    }
}
