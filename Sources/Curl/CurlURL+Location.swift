/// Redirects as browsers read them: what the WHATWG URL standard makes of a `Location`.
extension CurlURL {
    /// Where `location`, as a server wrote it, points from here; nil where it is no URL.
    ///
    /// Spaces and control characters around it do not count, tabs and line ends nowhere. A `\` before the query is a
    /// `/`, and any number of them may stand before a host.
    public func following(_ location: String) -> CurlURL? {
        let isControl = { (byte: UInt8) in byte <= 0x20 }
        let bytes = Array(location.utf8)
        guard let first = bytes.firstIndex(where: { !isControl($0) }),
            let last = bytes.lastIndex(where: { !isControl($0) })
        else { return nil }
        // A fragment never leaves a browser.
        let kept = Array(
            bytes[first...last].filter { ![0x09, 0x0A, 0x0D].contains($0) }.prefix { $0 != UInt8(ascii: "#") })
        guard !kept.isEmpty else { return self }
        let (own, rest) = Self.splitScheme(kept)
        guard own.map({ $0 == "http" || $0 == "https" }) ?? true else { return CurlURL(location) }
        let path = Self.slashed(rest)
        let slashes = path.prefix { $0 == UInt8(ascii: "/") }.count
        let isOther = own != nil && own != scheme
        guard isOther || slashes >= 2 else {
            return CurlURL([text, String(decoding: path, as: UTF8.self)])
        }
        return CurlURL("\(own ?? scheme)://" + String(decoding: path.dropFirst(slashes), as: UTF8.self))
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
