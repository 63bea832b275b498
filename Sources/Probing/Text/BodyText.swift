/// The text of a body that was held whole: the same as ``BodySearch`` looks into.
enum BodyText {
    /// What `bytes` are as text.
    ///
    /// - Parameters:
    ///   - type: what the answer says of them.
    ///   - isCut: whether the body goes on where they end.
    static func text(_ bytes: [UInt8], type: ContentType, isCut: Bool) -> String {
        let finding = EncodingSniffer(type: type).finding(bytes)
        let text = bytes[min(finding.markLength, bytes.count)...]
        let encoding = finding.encoding ?? (isUTF8(text, isCut: isCut) ? .utf8 : .windows1252)
        guard encoding != .utf8, let decoder = TextDecoder(encoding) else {
            return String(decoding: text, as: UTF8.self)
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count + text.count / 2)
        text.withUnsafeBytes { decoder.decode($0) { decoded.append(contentsOf: $0) } }
        if !isCut { decoder.finish { decoded.append(contentsOf: $0) } }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func isUTF8(_ bytes: ArraySlice<UInt8>, isCut: Bool) -> Bool {
        var check = UTF8Check()
        bytes.withUnsafeBytes { check.read($0) }
        return check.isText(cut: isCut)
    }
}
