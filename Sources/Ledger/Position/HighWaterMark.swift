import Digests
import Foundation
import SLA

/// How far the ledger has been, in a small file beside it: what tells that a ledger has lost commits which the disk
/// had acknowledged. It is written after each commit, so it may be behind the ledger, and is never ahead of it.
///
/// `docs/format/high-water-mark.md` describes the bytes. There are two places, written in turn: a kill or a power cut in
/// the middle of one leaves the other. The file is of one size for ever: writing over it needs no room.
struct HighWaterMark: Sendable {
    /// What the file says.
    enum Content: Hashable {
        /// There is none.
        case missing
        /// It says nothing that can be read.
        case unreadable
        case position(LedgerPosition)
    }

    let directory: StateDirectory

    private static let title = "availd high-water mark 1"
    private static let placeSize = 512

    /// What it says.
    func read() -> Content {
        // A pipe in its place would hold everything up.
        let descriptor = Glibc.open(directory.highWaterMark, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return SystemError.last == ENOENT ? .missing : .unreadable }
        defer { close(descriptor) }
        guard SystemError.isRegularFile(descriptor) else { return .unreadable }
        var bytes = [UInt8](repeating: 0, count: 2 * Self.placeSize)
        let count = max(0, pread(descriptor, &bytes, bytes.count, 0))
        let places = stride(from: 0, to: count, by: Self.placeSize).compactMap { start in
            Self.position(in: bytes[start..<min(count, start + Self.placeSize)])
        }
        return places.max { $0.sequence < $1.sequence }.map(Content.position) ?? .unreadable
    }

    /// Writes `position`. Where this fails the mark stays behind, and tells of a loss so much later: no commit depends
    /// on it.
    ///
    /// - Throws: ``LedgerError``.
    func write(_ position: LedgerPosition) throws {
        let descriptor = try directory.open(directory.highWaterMark, flags: O_WRONLY)
        defer { close(descriptor) }
        let place = Self.place(position)
        let offset = off_t(position.sequence % 2) * off_t(Self.placeSize)
        guard pwrite(descriptor, place, place.count, offset) == place.count, fdatasync(descriptor) == 0 else {
            throw directory.failure(directory.highWaterMark, SystemError.last)
        }
    }

    /// Removes it.
    func remove() { unlink(directory.highWaterMark) }

    private static func place(_ position: LedgerPosition) -> [UInt8] {
        var text = """
            \(title)
            sequence \(position.sequence)
            samples \(position.samples)
            others \(position.others)
            first_at \(position.firstAt.map { "\($0.milliseconds)" } ?? "-")
            last_at \(position.lastAt.map { "\($0.milliseconds)" } ?? "-")
            digest \(position.digest)

            """
        text += "sha256 \(Digest.text(of: text))\n"
        let padding = String(repeating: " ", count: placeSize - 1 - text.utf8.count)
        return Array((text + padding + "\n").utf8)
    }

    private static func position(in place: ArraySlice<UInt8>) -> LedgerPosition? {
        let lines = String(decoding: place, as: UTF8.self).split(separator: "\n").prefix(8).map(String.init)
        guard lines.count == 8, lines[0] == title else { return nil }
        let text = lines.dropLast().map { $0 + "\n" }.joined()
        let values = lines.dropFirst().map { line in line.split(separator: " ").map(String.init) }
        let names = ["sequence", "samples", "others", "first_at", "last_at", "digest", "sha256"]
        guard values.allSatisfy({ $0.count == 2 }), values.map({ $0[0] }) == names,
            values[6][1] == Digest.text(of: text), let sequence = Int64(values[0][1]), (0...1 << 60).contains(sequence),
            let samples = Int64(values[1][1]), let others = Int64(values[2][1])
        else { return nil }
        var position = LedgerPosition()
        position.sequence = sequence
        position.samples = samples
        position.others = others
        position.firstAt = Int64(values[3][1]).map(Instant.init)
        position.lastAt = Int64(values[4][1]).map(Instant.init)
        position.digest = values[5][1]
        return position
    }
}

extension HighWaterMark.Content {
    /// What a ledger has lost that is at `found`; nil where nothing is known to be missing.
    func loss(of found: LedgerPosition) -> LedgerLoss? {
        guard case .position(let marked) = self else { return nil }
        return LedgerLoss(found: found, marked: marked)
    }

    /// Why it tells of no loss; nil where it does.
    var problem: String? {
        switch self {
        case .missing: "it has no high-water mark: commits that it has lost would not show"
        case .unreadable: "its high-water mark cannot be read: commits that it has lost would not show"
        case .position: nil
        }
    }
}
