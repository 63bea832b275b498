/// Redirects as browsers read them: what the WHATWG URL standard makes of a `Location`.
extension CurlURL {
    /// Where `location`, as a server wrote it, points from here; nil where it is no URL.
    ///
    /// Spaces and control characters around it do not count, tabs and line ends nowhere. A `\` before the query is a
    /// `/`, and any number of them may stand before a host.
    public func following(_ location: String) -> CurlURL? {
        let kept = Self.trimmed(location)
        // Only a fragment may stand alone; and browsers refuse a header that holds a NUL.
        guard !kept.isEmpty else { return location.contains("#") ? self : nil }
        guard !kept.contains(0) else { return nil }
        let (own, rest) = Self.splitScheme(kept)
        guard own.map({ $0 == "http" || $0 == "https" }) ?? true else { return CurlURL(location) }
        let path = Self.slashed(rest)
        let slashes = path.prefix { $0 == UInt8(ascii: "/") }.count
        guard own != nil && own != scheme || slashes >= 2 else {
            return CurlURL([text, Self.escaped(path[...])])
        }
        let tail = path.dropFirst(slashes)
        let end = tail.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? tail.endIndex
        let server = String(decoding: tail[..<end], as: UTF8.self)
        return CurlURL("\(own ?? scheme)://\(server)\(Self.escaped(tail[end...]))")
    }

    /// Whether `location` is relative, or names http or https, whatever else it is.
    public static func namesHTTP(_ location: String) -> Bool {
        splitScheme(trimmed(location)).scheme.map { $0 == "http" || $0 == "https" } ?? true
    }

    /// The bytes of `location` that count. A fragment never leaves a browser.
    private static func trimmed(_ location: String) -> [UInt8] {
        let isControl = { (byte: UInt8) in byte <= 0x20 }
        let bytes = Array(location.utf8)
        guard let first = bytes.firstIndex(where: { !isControl($0) }),
            let last = bytes.lastIndex(where: { !isControl($0) })
        else { return [] }
        let kept = bytes[first...last].filter { ![0x09, 0x0A, 0x0D].contains($0) }
        return Array(kept.prefix { $0 != UInt8(ascii: "#") })
    }

    /// A path and a query with what stands in none behind percent signs: the standard's path and special-query sets.
    private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
        let query = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for (index, byte) in zip(bytes.indices, bytes) {
            let signs = index < query ? "\"<>`{}" : "\"<>'"
            if byte <= 0x20 || byte >= 0x7F || signs.utf8.contains(byte) {
                text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The scheme before a `:`, in lower case, and what follows it; nil where `bytes` have none.
    private static func splitScheme(_ bytes: [UInt8]) -> (scheme: String?, rest: ArraySlice<UInt8>) {
        let isLetter = { (byte: UInt8) in (0x61...0x7A).contains(byte | 0x20) }
        let isOfScheme = { (byte: UInt8) in isLetter(byte) || (0x30...0x39).contains(byte) || "+-.".utf8.contains(byte)
        }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let first = bytes.first, isLetter(first),
            bytes[..<colon].allSatisfy(isOfScheme)
        else { return (nil, bytes[...]) }
        return (String(decoding: bytes[..<colon], as: UTF8.self).lowercased(), bytes[(colon + 1)...])
    }

    /// `bytes` with each `\` before the query as `/`.
    private static func slashed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
        return bytes[..<end].map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 } + bytes[end...]
    }
}
