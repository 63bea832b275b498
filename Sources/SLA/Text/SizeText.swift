/// Numbers of bytes as people write them: a whole number with its unit, `B`, `KiB` or `MiB`.
public enum SizeText {
    private static let units: [(name: String, bytes: Int)] = [("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]

    /// The number of bytes that `text` spells, as `512KiB` or `2MiB`; nil where it spells none.
    public static func size(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let unit = units.first(where: { $0.name == text[digits.endIndex...] }), digits.utf8.count <= 9,
            digits == "0" || !digits.hasPrefix("0"), let count = Int(digits)
        else { return nil }
        return count * unit.bytes
    }

    /// `bytes` in the largest unit of which they are a whole number, as `1 MiB`; not negative.
    public static func spoken(_ bytes: Int) -> String {
        let unit = units.first { bytes >= $0.bytes && bytes % $0.bytes == 0 } ?? ("B", 1)
        return "\(bytes / unit.bytes) \(unit.name)"
    }
}
