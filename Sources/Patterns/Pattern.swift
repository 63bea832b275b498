import CPcre2

/// A regular expression: PCRE2's, which means what it meant to ICU.
///
/// It keeps nothing of what it searched, and its memory is a few KiB.
public final class Pattern: Sendable {
    /// In which way a match may depend on the end of the text.
    enum EndUse: Comparable {
        case none
        /// By `\b` or `\B`.
        case boundary
        /// By `$`, `\Z` or `\z`, or by what must not follow.
        case always
    }

    // Compiled in init, freed in deinit, and never changed between: PCRE2 lets threads share it (pcre2api, Multithreading).
    private let code: Code
    let endUse: EndUse
    /// Whether a search goes on behind a ``LeadingRun`` that it begins with.
    let skipsRuns: Bool
    /// Whether it can only match at the beginning of a text.
    let isAnchored: Bool

    /// An address that threads may share.
    private struct Code: @unchecked Sendable {
        let address: OpaquePointer
    }

    /// The expression that `text` spells.
    ///
    /// - Throws: ``PatternFault`` where it spells none, or one that ICU and PCRE2 read differently.
    public convenience init(_ text: String) throws(PatternFault) {
        try self.init(text, skipsRuns: true)
    }

    /// - Parameter skipsRuns: whether a search goes on behind a ``LeadingRun``; what it finds is the same.
    init(_ text: String, skipsRuns: Bool) throws(PatternFault) {
        let dialect = try PatternDialect(text)
        let (result, code, offset) = Self.compile(dialect.result)
        guard let code else {
            let origin = offset < dialect.origins.count ? dialect.origins[offset] : dialect.source.count
            throw PatternFault(Self.message(result), in: dialect.source, at: origin)
        }
        let skipping = skipsRuns ? Self.skippingRuns(dialect) : nil
        if skipping != nil { pcre2_code_free_8(code) }
        self.code = Code(address: skipping ?? code)
        self.skipsRuns = skipping != nil
        endUse = dialect.endUse
        var options: UInt32 = 0
        pcre2_pattern_info_8(self.code.address, UInt32(PCRE2_INFO_ALLOPTIONS), &options)
        isAnchored = options & PCRE2_ANCHORED != 0
    }

    deinit {
        pcre2_code_free_8(code.address)
    }

    /// Runs it once over `text`, from `start` on, with what `context` allows.
    ///
    /// - Returns: PCRE2's answer: negative where there is no match.
    func match(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int, options: UInt32, data: OpaquePointer,
        context: OpaquePointer
    ) -> Int32 {
        // An empty buffer may have no address, and PCRE2 takes none for a text of length zero.
        pcre2_match_8(
            code.address, text.baseAddress, text.count, start, options | PCRE2_NO_UTF_CHECK, data, context)
    }

    /// What `dialect` is compiled to where its search may go on behind runs; nil where it may not.
    private static func skippingRuns(_ dialect: PatternDialect) -> OpaquePointer? {
        guard !dialect.isExtended, let run = LeadingRun(of: dialect.result, holds: holds) else { return nil }
        return compile(run.skipping).code
    }

    /// Whether the set that `set` spells holds any character of `text`; it does where that cannot be told.
    private static func holds(_ set: ArraySlice<UInt8>, anyOf text: String) -> Bool {
        guard let code = compile(Array(set)).code, let data = pcre2_match_data_create_8(1, nil) else { return true }
        defer {
            pcre2_match_data_free_8(data)
            pcre2_code_free_8(code)
        }
        var text = text
        return text.withUTF8 {
            pcre2_match_8(code, $0.baseAddress, $0.count, 0, PCRE2_NO_UTF_CHECK, data, nil) != PCRE2_ERROR_NOMATCH
        }
    }

    /// Whether PCRE2 takes `text` for a pattern as it stands.
    static func isKnown(_ text: String) -> Bool {
        guard let code = compile(Array(text.utf8)).code else { return false }
        pcre2_code_free_8(code)
        return true
    }

    /// What `bytes`, which are UTF-8, are compiled to; else an error's number and the offset at which it was seen.
    private static func compile(_ bytes: [UInt8]) -> (error: Int32, code: OpaquePointer?, offset: Int) {
        let context = pcre2_compile_context_create_8(nil)
        defer { pcre2_compile_context_free_8(context) }
        pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_ANY))
        pcre2_set_bsr_8(context, UInt32(PCRE2_BSR_UNICODE))
        let options =
            PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK | PCRE2_USE_OFFSET_LIMIT | PCRE2_NEVER_BACKSLASH_C
        var error: Int32 = 0
        var offset = 0
        let code = bytes.withUnsafeBufferPointer {
            pcre2_compile_8($0.baseAddress, $0.count, options, &error, &offset, context)
        }
        return (error, code, offset)
    }

    private static func message(_ error: Int32) -> String {
        // PCRE2's longest message has less than 120 bytes, and it ends what it writes with a zero.
        let bytes = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
            count = Int(max(0, pcre2_get_error_message_8(error, buffer.baseAddress, buffer.count)))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
