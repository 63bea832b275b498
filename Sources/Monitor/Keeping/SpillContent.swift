import Digests
import Foundation
import SLA

/// What a file of samples that wait holds: where whole frames begin, and where there is damage between them.
///
/// The length of a frame stands in its header, so that one whose body is damaged can be passed over; where a header is
/// damaged, the next frame is where the next title stands with a frame behind it that is what its digest says.
struct SpillContent {
    /// Bytes that are no frame, and stand where one stood.
    struct Damage: Hashable {
        let place: Range<Int64>
        /// SHA-256 of the bytes in hexadecimal: what tells this damage from other.
        let digest: String
        /// When the latest sample was taken of the frames before it that are still there; nil where there is none.
        let before: Instant?
        /// When the first one was taken of the frame behind it; nil where there is none.
        let after: Instant?

        /// The time of which samples are lost; nil where it is not known.
        ///
        /// - Parameters:
        ///   - recorded: when the latest sample was taken that is recorded: what is not before the damage any more is.
        ///   - end: when the first one was taken that is neither recorded nor in the file, or now.
        func time(after recorded: Instant?, until end: Instant) -> Interval? {
            (before ?? recorded).flatMap { Interval($0 + 1, after ?? end) }
        }
    }

    private(set) var damages: [Damage] = []
    /// Where the next whole frame begins, by where damage does; the end of the file where none follows.
    private(set) var skips: [Int64: Int64] = [:]
    /// Behind the last frame, or the last damage.
    private(set) var end: Int64 = 0

    /// The content of `file` from `start` on, where a frame begins or damage does.
    init(of file: KeptFile, from start: Int64 = 0) {
        end = start
        var latest: Instant?
        while true {
            if let (frame, length) = Self.frame(at: end, in: file) {
                latest = frame.observations.map(\.sample.at).max() ?? latest
                end += length
                continue
            }
            let header = file.read(SpillFrame.headerSize, at: end)
            // Zeroes end it: what stands behind them was taken.
            if header.allSatisfy({ $0 == 0 }) { return }
            let (start, next) = (end, Self.next(after: end, header, in: file))
            let first = next.flatMap { Self.frame(at: $0, in: file)?.frame.observations.map(\.sample.at).min() }
            end = next ?? start + Self.span(header)
            skips[start] = end
            let bytes = file.read(Int(clamping: min(end, file.size) - start), at: start)
            let digest = Digest.text(of: bytes)
            damages.append(Damage(place: start..<end, digest: digest, before: latest, after: first))
            if next == nil { return }
        }
    }

    /// The frame that begins at `offset`, and how many bytes it takes; nil where none does.
    static func frame(at offset: Int64, in file: KeptFile) -> (frame: SpillFrame, length: Int64)? {
        guard let body = SpillFrame.body(after: file.read(SpillFrame.headerSize, at: offset)),
            let frame = SpillFrame(
                body: file.read(body.count, at: offset + Int64(SpillFrame.headerSize)), id: body.id)
        else { return nil }
        return (frame, Int64(SpillFrame.headerSize + body.count))
    }

    /// How many bytes damage takes that begins with `header` and that no frame follows.
    private static func span(_ header: [UInt8]) -> Int64 {
        Int64(SpillFrame.headerSize + (SpillFrame.body(after: header)?.count ?? 0))
    }

    /// Where the first whole frame behind damage at `offset` begins.
    private static func next(after offset: Int64, _ header: [UInt8], in file: KeptFile) -> Int64? {
        let byLength = offset + span(header)
        if SpillFrame.body(after: header) != nil {
            if frame(at: byLength, in: file) != nil { return byLength }
            // The end, by a length that is right.
            if file.read(SpillFrame.headerSize, at: byLength).allSatisfy({ $0 == 0 }) { return nil }
        }
        let rest = Data(file.read(Int(clamping: file.size - offset - 1), at: offset + 1))
        var from = rest.startIndex
        while let found = rest.range(of: Data(SpillFrame.title.utf8), in: from..<rest.endIndex) {
            let candidate = offset + 1 + Int64(found.lowerBound)
            if frame(at: candidate, in: file) != nil { return candidate }
            from = found.upperBound
        }
        return nil
    }
}
