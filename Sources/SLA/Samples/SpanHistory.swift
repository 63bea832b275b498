/// What a check's time was, kept so that a copy costs the same however much there is.
///
/// The daemon decides on copies and keeps them once they are durable. A copied array is copied whole at its next
/// change, and would cost more as the month goes on. So only the last few spans are in arrays; what is older is in
/// chunks that never change and that all copies share.
struct SpanHistory: Sendable {
    /// How many intervals make a chunk.
    private static let chunkSize = 256

    private var recent = CheckSpans()
    private var older: Chunk?

    /// Spans that never change again, and those before them.
    ///
    /// Each is at least twice as large as the one after it. So there are a few dozen at the most, and to free the last
    /// one, which frees those before it each inside the other, takes no more stack than any call.
    private final class Chunk: Sendable {
        let spans: CheckSpans
        let previous: Chunk?

        init(_ spans: CheckSpans, after previous: Chunk?) {
            self.spans = spans
            self.previous = previous
        }
    }

    /// Adds what ended later than everything here. Each interval is moved as often as the number of them has digits in
    /// binary, which is what sorting them would take.
    mutating func append(_ spans: CheckSpans) {
        if spans.count == 0 { return }
        recent.append(spans)
        guard recent.count >= Self.chunkSize else { return }
        var chunk = recent
        // As digits carry in a counter: chunks of like size become one.
        while let last = older, last.spans.count < 2 * chunk.count {
            var both = last.spans
            both.append(chunk)
            chunk = both
            older = last.previous
        }
        older = Chunk(chunk, after: older)
        recent = CheckSpans()
    }

    /// How many chunks there are.
    var chunkCount: Int {
        sequence(first: older) { $0?.previous }.prefix { $0 != nil }.reduce(0) { count, _ in count + 1 }
    }

    /// Everything, in order of time.
    func all() -> CheckSpans {
        var chunks: [CheckSpans] = []
        var next = older
        while let chunk = next {
            chunks.append(chunk.spans)
            next = chunk.previous
        }
        var all = CheckSpans()
        for chunk in chunks.reversed() { all.append(chunk) }
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

extension SpanHistory: Equatable {
    /// Whether they hold the same spans, however they are cut into pieces.
    static func == (a: SpanHistory, b: SpanHistory) -> Bool { a.all() == b.all() }
}
