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
    /// Freeing the last one frees those before it, each inside the other: a month of one change every 10 s makes a
    /// thousand of them, which any stack has room for.
    private final class Piece: Sendable {
        let spans: CheckSpans
        let previous: Piece?

        init(_ spans: CheckSpans, after previous: Piece?) {
            self.spans = spans
            self.previous = previous
        }
    }

    /// Adds what ended later than everything here. Amortised constant time for each interval.
    mutating func append(_ spans: CheckSpans) {
        if spans.count == 0 { return }
        recent.append(spans)
        guard recent.count >= Self.pieceSize else { return }
        older = Piece(recent, after: older)
        recent = CheckSpans()
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
