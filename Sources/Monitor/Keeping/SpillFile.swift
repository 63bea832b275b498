import SLA
import Synchronization

/// Samples that no commit took, beside the ledger, until one does: across a stop, and where there are more than memory
/// is to hold. First in, first out.
///
/// It never grows beyond ``limit``. Room for ``reserve`` bytes is taken while there is some, since the ledger takes
/// nothing mostly where the disk is full. Each frame is on the disk when it is added.
package final class SpillFile: Sendable {
    /// How long the file may become, in bytes: some two million samples.
    static let limit: Int64 = 64 << 20
    /// How much is reserved, in bytes: some hundred thousand samples.
    static let reserve: Int64 = 4 << 20
    /// How many samples are in a frame: no more than a step of the monitor takes.
    static let frameLength = MonitorState.mostObservations

    private struct State {
        var file: KeptFile
        /// Where the oldest frame begins that nobody has taken, and where the next one is written.
        var start: Int64 = 0
        var end: Int64 = 0
        var oldest: SpillFrame?
    }

    /// Where it is.
    let path: String
    private let state: Mutex<State>

    /// The file in the state directory, made where it is missing.
    package init(stateDirectory: String) {
        path = stateDirectory + "/unrecorded-samples"
        var state = State(file: KeptFile(path))
        state.file.reserve(Self.reserve)
        while let length = Self.frame(at: state.end, in: state.file).map({ $0.length }) { state.end += length }
        self.state = Mutex(state)
    }

    deinit { state.withLock { $0.file.close() } }

    /// Whether nothing waits in it.
    var isEmpty: Bool { state.withLock { $0.start == $0.end } }

    /// The oldest frame; nil where there is none.
    func oldest() -> SpillFrame? {
        state.withLock { state in
            if state.oldest == nil, state.start < state.end {
                state.oldest = Self.frame(at: state.start, in: state.file)?.frame
                // It was whole when it was added: the disk has lost what is behind.
                if state.oldest == nil { Self.clear(&state) }
            }
            return state.oldest
        }
    }

    /// The oldest frame is in the ledger.
    func takeOldest() {
        state.withLock { state in
            guard state.start < state.end else { return }
            state.start += Self.frame(at: state.start, in: state.file)?.length ?? (state.end - state.start)
            state.oldest = nil
            if state.start >= state.end { Self.clear(&state) }
        }
    }

    /// Adds `observations`, in frames.
    ///
    /// - Returns: how many of them, from the first on, are on the disk; the others found no room.
    func add(_ observations: [Observation]) -> Int {
        state.withLock { Self.add(observations, &$0) }
    }

    /// The same; nil where another thread is at it.
    func addIfAvailable(_ observations: [Observation]) -> Int? {
        state.withLockIfAvailable { Self.add(observations, &$0) }
    }

    private static func add(_ observations: [Observation], _ state: inout State) -> Int {
        if !state.file.restore() { (state.start, state.end, state.oldest) = (0, 0, nil) }
        var kept = 0
        while kept < observations.count {
            let part = observations[kept..<min(kept + frameLength, observations.count)]
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
        (state.start, state.end, state.oldest) = (0, 0, nil)
    }

    private static func frame(at offset: Int64, in file: KeptFile) -> (frame: SpillFrame, length: Int64)? {
        guard let body = SpillFrame.body(after: file.read(SpillFrame.headerSize, at: offset)),
            let frame = SpillFrame(
                body: file.read(body.count, at: offset + Int64(SpillFrame.headerSize)), id: body.id)
        else { return nil }
        return (frame, Int64(SpillFrame.headerSize + body.count))
    }
}
