/// What a check's time was, kept so that a copy costs the same however much there is.
///
/// The daemon decides on copies and keeps them once they are durable. A copied array is copied whole at its next
/// change, and would cost more as the month goes on. So only the last few spans are in arrays; what is older is in
/// pieces that never change and that all copies share.
struct SpanHistory: Sendable {
    /// How many intervals make a piece.
    private static let pieceSize = 256

    private var recent = CheckSpans()
    private var older: Piece?

    /// Spans that never change again, and those before them.
    ///
    /// Each is at least twice as large as the one after it. So there are a few dozen at the most, and to free the last
    /// one, which frees those before it each inside the other, takes no more stack than any call.
    private final class Piece: Sendable {
        let spans: CheckSpans
        let previous: Piece?

        init(_ spans: CheckSpans, after previous: Piece?) {
            self.spans = spans
            self.previous = previous
        }
    }

    /// Adds what ended later than everything here. Each interval is moved as often as the number of them has digits in
    /// binary, which is what sorting them would take.
    mutating func append(_ spans: CheckSpans) {
        if spans.count == 0 { return }
        recent.append(spans)
        guard recent.count >= Self.pieceSize else { return }
        var piece = recent
        // As digits carry in a counter: pieces of like size become one.
        while let last = older, last.spans.count < 2 * piece.count {
            var both = last.spans
            both.append(piece)
            piece = both
            older = last.previous
        }
        older = Piece(piece, after: older)
        recent = CheckSpans()
    }

    /// How many pieces there are.
    var pieceCount: Int {
        sequence(first: older) { $0?.previous }.prefix { $0 != nil }.reduce(0) { count, _ in count + 1 }
    }

    /// Everything, in order of time.
    func all() -> CheckSpans {
        var pieces: [CheckSpans] = []
        var next = older
        while let piece = next {
            pieces.append(piece.spans)
            next = piece.previous
        }
        var all = CheckSpans()
        for piece in pieces.reversed() { all.append(piece) }
        all.append(recent)
        return all
    }

    /// Forgets what ended at `instant` or before.
    mutating func forget(before instant: Instant) {
        var kept = all()
        kept.forget(before: instant)
        self = SpanHistory()
        append(kept)
    }
}
