/// Numbers in as many bytes as they need: seven bits a byte, the low ones first, the high bit where more follow
/// (LEB128); signed ones folded, 0, −1, 1, −2, … (zigzag).
enum VariableLength {
    static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    static func unsigned(_ value: Int64) -> UInt64 {
        UInt64(bitPattern: value << 1 ^ value >> 63)
    }

    static func signed(_ value: UInt64) -> Int64 {
        Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// Reads one number after the other.
    struct Reader {
        private let bytes: [UInt8]
        private var index = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        /// Whether every byte was read as part of a number.
        var isAtEnd: Bool { index == bytes.count }

        /// The next number; nil at the end, and where the bytes break off or name more than 63 bits.
        mutating func next() -> UInt64? {
            var value: UInt64 = 0
            var shift: UInt64 = 0
            var position = index
            while position < bytes.count, shift < 63 {
                let byte = bytes[position]
                position += 1
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 {
                    index = position
                    return value
                }
                shift += 7
            }
            return nil
        }
    }
}
