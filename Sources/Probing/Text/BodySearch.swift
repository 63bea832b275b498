/// Looks for texts in a body as it comes, whatever its encoding: it is searched as UTF-8, and decoded into that first
/// where it is something else. It holds the body's first bytes until it is known how they are encoded.
struct BodySearch {
    private let texts: [String]
    private let sniffer: EncodingSniffer
    /// The first bytes, while they do not suffice.
    private var head: [UInt8] = []
    private var way: Way?

    /// How the body becomes text.
    private enum Way {
        /// It is UTF-8, as somebody says.
        case asItIs(StreamSearch)
        /// It is something else.
        case decoded(TextDecoder, StreamSearch)
        /// Nobody says what it is, and both are looked into until that is known.
        case either(UTF8Check, StreamSearch, TextDecoder, StreamSearch)
    }

    /// A search for each of `texts` in a body of which the answer says `type`.
    init(_ texts: [String], type: ContentType) {
        self.texts = texts
        sniffer = EncodingSniffer(type: type)
    }

    /// Takes the next piece.
    mutating func read(_ piece: UnsafeRawBufferPointer) {
        guard !texts.isEmpty else { return }
        if way == nil {
            head.append(contentsOf: piece)
            if head.count >= EncodingSniffer.reach { decide() }
        } else {
            search(piece)
        }
    }

    /// Those of the texts that are in the body, as bytes of UTF-8, where nothing of it is still to come; where it was
    /// `cut`, in what was read of it.
    mutating func finish(cut: Bool) -> Set<[UInt8]> {
        guard !texts.isEmpty else { return [] }
        if way == nil { decide() }
        switch way {
        case .asItIs(let search):
            return search.found
        case .decoded(let decoder, var search):
            if !cut { decoder.finish { search.read($0) } }
            return search.found
        case .either(let check, let asItIs, let decoder, var decoded):
            if check.isText(cut: cut) { return asItIs.found }
            if !cut { decoder.finish { decoded.read($0) } }
            return decoded.found
        case nil:
            return []
        }
    }

    /// Decides by the first bytes, and searches them.
    private mutating func decide() {
        let finding = sniffer.finding(head)
        let search = StreamSearch(texts)
        // Whoever looks for U+FFFD looks for mistakes, which UTF-8 may have as well.
        let isDecoded = finding.encoding != .utf8 || texts.contains { $0.contains("\u{FFFD}") }
        if let encoding = finding.encoding, isDecoded, let decoder = TextDecoder(encoding) {
            way = .decoded(decoder, search)
        } else if finding.encoding == nil, texts.contains(where: { !$0.utf8.allSatisfy { $0 < 0x80 } }),
            let decoder = TextDecoder(.windows1252)
        {
            way = .either(UTF8Check(), search, decoder, search)
        } else {
            // What is ASCII alone is the same bytes in UTF-8 and in windows-1252.
            way = .asItIs(search)
        }
        let first = head
        head = []
        first.withUnsafeBytes { self.search(UnsafeRawBufferPointer(rebasing: $0.dropFirst(finding.markLength))) }
    }

    private mutating func search(_ piece: UnsafeRawBufferPointer) {
        // Taken out while it changes: a copy beside it would make each change copy what it holds.
        let current = way
        way = nil
        switch current {
        case .asItIs(var search):
            search.read(piece)
            way = .asItIs(search)
        case .decoded(let decoder, var search):
            decoder.decode(piece) { search.read($0) }
            way = .decoded(decoder, search)
        case .either(var check, var asItIs, let decoder, var decoded):
            asItIs.read(piece)
            if check.isValid { check.read(piece) }
            decoder.decode(piece) { decoded.read($0) }
            way = .either(check, asItIs, decoder, decoded)
        case nil:
            break
        }
    }
}
