/// Whether bytes that come in pieces are UTF-8. Pure.
struct UTF8Check {
    /// Whether all that came so far is, or may yet become, UTF-8.
    private(set) var isValid = true
    /// Bytes of the character that has begun are still to come, the next of them in `range`.
    private var missing = 0
    private var range: ClosedRange<UInt8> = 0x80...0xBF

    /// Takes the next piece.
    mutating func read(_ piece: UnsafeRawBufferPointer) {
        var index = 0
        while isValid, index < piece.count {
            if missing == 0 {
                index = Self.endOfASCII(piece, from: index)
                guard index < piece.count else { return }
                begin(piece[index])
            } else {
                isValid = range.contains(piece[index])
                missing -= 1
                range = 0x80...0xBF
            }
            index += 1
        }
    }

    /// Whether all of it was UTF-8, where the text has come to its end; where it was `cut`, its last character may be
    /// without its end.
    func isText(cut: Bool) -> Bool { isValid && (cut || missing == 0) }

    /// Unicode's table 3-7: what may begin a character, and what may follow that.
    private mutating func begin(_ byte: UInt8) {
        switch byte {
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, range) = (2, 0xA0...0xBF)
        case 0xED: (missing, range) = (2, 0x80...0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, range) = (3, 0x90...0xBF)
        case 0xF4: (missing, range) = (3, 0x80...0x8F)
        case 0xF1...0xF3: missing = 3
        default: isValid = false
        }
    }

    /// Where the first byte from `start` on is that is no ASCII, eight at a time.
    private static func endOfASCII(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index + 8 <= bytes.count,
            bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            index += 8
        }
        while index < bytes.count, bytes[index] < 0x80 { index += 1 }
        return index
    }
}
