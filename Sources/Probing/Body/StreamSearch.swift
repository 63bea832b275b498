import CShims

/// Looks for texts in bytes that come in pieces, and keeps no more of them than a text that is still missing may
/// have begun with. Pure.
struct StreamSearch {
    /// Those of the texts that were found so far, as bytes; the empty text is found in anything.
    private(set) var found: Set<[UInt8]>
    private var missing: [[UInt8]]
    /// The last bytes that came: fewer than the longest missing text has.
    private(set) var kept: [UInt8] = []

    /// A search for each of `texts`, by its bytes in UTF-8.
    init(_ texts: [String]) {
        let needles = Set(texts.map { Array($0.utf8) })
        found = needles.filter(\.isEmpty)
        missing = needles.filter { !$0.isEmpty }
    }

    /// Takes the next piece.
    mutating func read(_ piece: UnsafeRawBufferPointer) {
        guard !piece.isEmpty, let reach = missing.lazy.map({ $0.count - 1 }).max() else { return }
        // What lies over the border begins in the last bytes from before and ends in the first ones of now.
        let border = kept + piece.prefix(reach)
        if !kept.isEmpty { border.withUnsafeBytes { look($0) } }
        look(piece)
        missing.removeAll(where: found.contains)
        let longest = missing.lazy.map { $0.count - 1 }.max() ?? 0
        kept = Array(piece.count >= longest ? ArraySlice(piece.suffix(longest)) : border.suffix(longest))
    }

    private mutating func look(_ bytes: UnsafeRawBufferPointer) {
        for needle in missing where !found.contains(needle) {
            // Both pointers are good for the counts beside them as long as the call takes, and neither is kept.
            let place = needle.withUnsafeBytes {
                availd_find(bytes.baseAddress, bytes.count, $0.baseAddress, $0.count)
            }
            if place != nil { found.insert(needle) }
        }
    }
}
