import CIdn2

/// Host names as the network knows them.
public enum HostName {
    /// The ASCII form (A-labels) of the international name `text`, by IDNA 2008 and the non-transitional mappings of UTS
    /// #46; nil where it has none. A name that is ASCII already is returned as it is.
    public static func ascii(_ text: String) -> String? {
        // C reads a text only up to its first NUL.
        guard !text.utf8.contains(0) else { return nil }
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        var result: UnsafeMutablePointer<CChar>?
        let flags = Int32(bitPattern: IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
        // libidn2 allocates the answer, which is copied and given back.
        guard idn2_to_ascii_8z(text, &result, flags) == IDN2_OK.rawValue, let result else { return nil }
        defer { idn2_free(result) }
        let name = String(cString: result)
        return name.isEmpty || !name.utf8.allSatisfy { 0x20 < $0 && $0 < 0x7F } ? nil : name
    }
}
