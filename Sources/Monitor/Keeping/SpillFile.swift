import Foundation
import SLA
import Synchronization

/// Samples that no commit took, beside the ledger, until one does: across a stop, and where there are more than memory
/// is to hold. First in, first out.
///
/// It never grows beyond its limit. Some room is reserved while there is some, since the ledger takes nothing mostly where
/// the disk is full. Each frame is on the disk when it is added.
final class SpillFile: Sendable {
    static let name = "unrecorded-samples"
    /// How long the file beside the ledger may become, in bytes: some two million samples.
    static let limit: Int64 = 64 << 20
    /// How long one may become that may be in memory, in bytes: some five hundred thousand samples.
    static let limitInMemory: Int64 = 16 << 20
    /// How much is reserved beside the ledger, in bytes: some hundred thousand samples.
    static let reserve: Int64 = 4 << 20
    /// How many samples are in a frame: no more than a step of the monitor takes.
    static let frameLength = MonitorState.mostObservations

    private struct State {
        var file: KeptFile
        /// Where the oldest frame begins that nobody has taken, and where the next one is written.
        var start: Int64 = 0
        var end: Int64 = 0
        var oldest: SpillFrame?
        /// Where the next whole frame begins, by where damage does.
        var skips: [Int64: Int64] = [:]
        /// What nobody has been told of yet.
        var damage: SpillDamage?

        /// Passes over damage.
        mutating func skip() {
            while start < end, let next = skips[start] { start = next }
        }
    }

    /// Where it is.
    let path: String
    private let limit: Int64
    private let state: Mutex<State>

    /// The file at `path`, made where it is missing, with `reserve` bytes of room, which grows to `limit` bytes.
    init(path: String, limit: Int64 = limit, reserve: Int64 = reserve) {
        self.path = path
        self.limit = limit
        var state = State(file: KeptFile(path))
        if reserve > 0 { state.file.reserve(reserve) }
        Self.look(path, &state)
        self.state = Mutex(state)
    }

    /// Looks what there is from the oldest frame on.
    private static func look(_ path: String, _ state: inout State) {
        let content = SpillContent(of: state.file, from: state.start)
        (state.end, state.skips) = (content.end, content.skips)
        guard !content.damages.isEmpty else { return }
        // Where a header is damaged that no frame follows, nobody knows how much it is of.
        let isLast = content.damages.last?.place.upperBound == content.end
        let copy = copy(path, through: isLast ? state.file.size : content.end, of: state.file)
        state.damage = SpillDamage(path: path, copy: copy, places: content.damages)
        state.skip()
        // Nothing is left to be taken: what comes next is written from the beginning.
        if state.start >= state.end { clear(&state) }
    }

    /// What was found to be damaged since this was asked last; nil where nothing was.
    func takeDamage() -> SpillDamage? {
        state.withLock { state in
            defer { state.damage = nil }
            return state.damage
        }
    }

    /// Copies `file`, which is damaged, to a place beside it, for whoever can still read more of it.
    ///
    /// - Returns: where it is; nil where there is no room, or there are several already.
    private static func copy(_ path: String, through end: Int64, of file: KeptFile) -> String? {
        let bytes = Data(file.read(Int(min(end, limit)), at: 0))
        for number in 1...3 {
            let copy = "\(path).damaged-\(number)"
            if let existing = FileManager.default.contents(atPath: copy) {
                // It was opened before, and not all of it was taken.
                if existing == bytes { return copy }
                continue
            }
            if (try? bytes.write(to: URL(filePath: copy), options: .withoutOverwriting)) != nil { return copy }
            unlink(copy)
            return nil
        }
        return nil
    }

    /// Why nothing can be kept; nil where it can.
    var problem: String? {
        state.withLock { $0.file.isOpen }
            ? nil : "samples that no commit takes cannot be kept: \(path) is no file that can be written to"
    }

    deinit { state.withLock { $0.file.close() } }

    /// Whether nothing waits in it.
    var isEmpty: Bool { state.withLock { $0.start == $0.end } }

    /// The oldest frame; nil where there is none.
    func oldest() -> SpillFrame? {
        state.withLock { state in
            if state.oldest == nil, state.start < state.end {
                state.oldest = SpillContent.frame(at: state.start, in: state.file)?.frame
                // It was whole when it was added.
                if state.oldest == nil {
                    Self.look(path, &state)
                    state.oldest = SpillContent.frame(at: state.start, in: state.file)?.frame
                }
            }
            return state.oldest
        }
    }

    /// The oldest frame is in the ledger.
    func takeOldest() {
        state.withLock { state in
            guard state.start < state.end else { return }
            state.start += SpillContent.frame(at: state.start, in: state.file)?.length ?? (state.end - state.start)
            state.oldest = nil
            state.skip()
            if state.start >= state.end { Self.clear(&state) }
        }
    }

    /// Adds `observations`, in frames.
    ///
    /// - Returns: how many of them, from the first on, are on the disk; the others found no room.
    func add(_ observations: [Observation]) -> Int {
        state.withLock { add(observations, &$0) }
    }

    /// The same; nil where another thread is at it.
    func addIfAvailable(_ observations: [Observation]) -> Int? {
        state.withLockIfAvailable { add(observations, &$0) }
    }

    private func add(_ observations: [Observation], _ state: inout State) -> Int {
        if !state.file.restore() { state = State(file: state.file, damage: state.damage) }
        var kept = 0
        while kept < observations.count {
            let part = observations[kept..<min(kept + Self.frameLength, observations.count)]
            guard let bytes = try? SpillFrame.bytes(part), bytes.count <= SpillFrame.mostBytes,
                state.end + Int64(bytes.count) <= limit
            else { break }
            // What stood there before must not be read as what follows.
            let end = [UInt8](repeating: 0, count: SpillFrame.headerSize)
            _ = state.file.write(end, at: state.end + Int64(bytes.count))
            guard state.file.write(bytes, at: state.end) else { break }
            state.end += Int64(bytes.count)
            kept += part.count
        }
        return kept
    }

    private static func clear(_ state: inout State) {
        _ = state.file.write([UInt8](repeating: 0, count: SpillFrame.headerSize), at: 0)
        state = State(file: state.file, damage: state.damage)
    }
}
