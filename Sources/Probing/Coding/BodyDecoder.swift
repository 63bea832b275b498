/// Undoes the codings of a body as it comes, and knows at its end whether they have come to theirs: a body whose framing
/// is whole may be compressed and cut all the same.
///
/// What it costs is bounded by what comes out: whoever takes it may stop at each 64 KiB, and between two codings no more
/// passes than twice as much, and ``around``.
final class BodyDecoder {
    /// Whether a body is read on behind a piece.
    enum Reading: Hashable {
        case goesOn
        /// Whoever takes what comes out has enough.
        case enough
        /// The body is whole, and what follows is nobody's: browsers pass it over.
        case over
        /// What came is none of the coding, in words.
        case damaged(String)
        /// Much passes between two codings, and little comes out.
        case excessive
        case outOfMemory
    }

    /// Bytes that may pass between two codings before anything comes out: headers, and blocks that are not complete.
    static let around = 256 << 10

    private var layers: [CodingLayer]
    private var isDoubtful: Bool
    /// Bytes that came out, and that passed between the codings.
    private var given = 0
    private var passed = 0

    init(_ codings: AnswerCodings) {
        layers = codings.layers.map(CodingLayer.init)
        isDoubtful = codings.namesOthers && codings.layers.first == .gzip
    }

    /// Whether a coding lacks its end, so that more would have come.
    var isCut: Bool { layers.last?.isOver != true && layers.contains(where: \.isCut) }

    /// Undoes the next piece; `take` gets what comes out in pieces, and says whether it wants more.
    func read(_ piece: UnsafeRawBufferPointer, to take: (UnsafeRawBufferPointer) -> Bool) -> Reading {
        if isDoubtful, let first = piece.first {
            // Who knows one name may mean another: no text begins as gzip does.
            if first != 0x1F { layers = [] }
            isDoubtful = false
        }
        return pass(piece, to: 0, take)
    }

    private func pass(
        _ piece: UnsafeRawBufferPointer, to index: Int, _ take: (UnsafeRawBufferPointer) -> Bool
    ) -> Reading {
        guard index < layers.count else {
            given += piece.count
            return take(piece) ? .goesOn : .enough
        }
        if index > 0 {
            passed += piece.count
            guard passed <= Self.around + 2 * given else { return .excessive }
        }
        return layers[index].decode(piece) { pass($0, to: index + 1, take) }
    }
}
