/// One coding of a body, undone as it comes to the end of its last part.
final class CodingLayer {
    /// Room for what comes of a step, in bytes: more than most of the 16 KiB that libcurl gives at once come to. zlib
    /// copies its window at the end of each step.
    static let room = 64 << 10

    private let coding: ContentCoding
    /// nil before the first byte.
    private var stream: (any CodingStream)?
    private var hasEnded = false
    private var isFurtherPart = false

    /// Whether something stands behind its end, which is no part of it.
    private(set) var isOver = false

    init(_ coding: ContentCoding) {
        self.coding = coding
    }

    /// Whether it lacks its end; where nothing at all came, nothing is lacking.
    var isCut: Bool { stream != nil && !hasEnded }

    /// Undoes the next piece, and gives what it comes to to `take`, in pieces, for as long as that goes on.
    func decode(
        _ piece: UnsafeRawBufferPointer, to take: (UnsafeRawBufferPointer) -> BodyDecoder.Reading
    ) -> BodyDecoder.Reading {
        guard let first = piece.first else { return .goesOn }
        let stream = stream ?? coding.stream(beginningWith: first)
        self.stream = stream
        return withUnsafeTemporaryAllocation(byteCount: Self.room, alignment: 1) { buffer in
            var rest = piece
            var isFull = false
            while !rest.isEmpty || isFull {
                if hasEnded, !goOn(stream, with: rest[0]) { return .over }
                let step = stream.step(rest, into: buffer)
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(step.read))
                isFull = step.written == buffer.count && step.state == .goesOn
                if step.written > 0 {
                    let reading = take(UnsafeRawBufferPointer(rebasing: buffer.prefix(step.written)))
                    guard reading == .goesOn else { return reading }
                }
                switch step.state {
                case .goesOn: break
                case .ended: hasEnded = true
                case .foreign where isFurtherPart: return end()
                case .damaged(let words), .foreign(let words): return .damaged(words)
                case .outOfMemory: return .outOfMemory
                }
            }
            return .goesOn
        }
    }

    /// Goes on behind an end with what begins with `byte`; returns whether it may be of the same kind.
    private func goOn(_ stream: any CodingStream, with byte: UInt8) -> Bool {
        guard stream.mayGoOn(with: byte) else {
            isOver = true
            return false
        }
        stream.restart()
        (hasEnded, isFurtherPart) = (false, true)
        return true
    }

    /// What seemed another part was none: it ended before that.
    private func end() -> BodyDecoder.Reading {
        (hasEnded, isOver) = (true, true)
        return .over
    }
}
