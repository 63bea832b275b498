/// The bodies that all probes of an engine hold, within one budget of bytes.
///
/// Where it does not suffice, the body that has been coming for the longest time is dropped, so that those that come
/// quickly never suffer from those that stall or drip. What is complete stays until it is released. It is used on the
/// engine's queue only.
final class BodyBudget {
    typealias Holder = UInt64

    private struct Body {
        var bytes: [UInt8] = []
        /// The most bytes that it has.
        let most: Int
        /// Bytes of memory that are counted for it.
        var room = 0
        var isReading = true
    }

    /// The most bytes that may be held at once.
    let limit: Int
    /// Bytes that are held now, what was reserved for growth included.
    private(set) var held = 0
    /// The most bytes that were held at once.
    private(set) var most = 0
    // Of those, what belongs to bodies that are complete.
    private var complete = 0
    private var bodies: [Holder: Body] = [:]
    // Those that are being read and hold anything, by the time of their first byte.
    private var line = BodyLine()

    init(limit: Int) {
        self.limit = limit
    }

    /// Begins an empty body of at most `most` bytes for `holder`, in place of any other.
    func begin(_ holder: Holder, most: Int) {
        release(holder)
        bodies[holder] = Body(most: most)
    }

    /// Adds to the body of `holder` while it has one; makes room for it, or drops it where there is none.
    func append(_ piece: UnsafeRawBufferPointer, to holder: Holder) {
        guard !piece.isEmpty, let (count, own, longest) = size(holder) else { return }
        if own == 0 { line.append(holder) }
        let needed = count + piece.count
        if needed > own {
            // Doubled, so that each byte is moved about once.
            let room = max(needed, min(2 * own, longest, limit - complete))
            guard makeRoom(room - own, besides: own, for: holder) else { return drop(holder) }
            held += room - own
            most = max(most, held)
            bodies[holder]?.room = room
            bodies[holder]?.bytes.reserveCapacity(room)
        }
        bodies[holder]?.bytes.append(contentsOf: piece)
    }

    /// The bytes of a body that is being read, its room, and the most that it has. No copy of it stays: beside one,
    /// appending would copy all the bytes each time.
    private func size(_ holder: Holder) -> (count: Int, room: Int, most: Int)? {
        guard let body = bodies[holder], body.isReading else { return nil }
        return (body.bytes.count, body.room, body.most)
    }

    /// The body of `holder`, which is complete and no longer dropped; nil where it was, or was never begun.
    func finish(_ holder: Holder) -> [UInt8]? {
        guard let body = bodies[holder], body.isReading else { return nil }
        line.remove(holder)
        complete += body.room
        bodies[holder] = Body(most: body.most, room: body.room, isReading: false)
        return body.bytes
    }

    /// Nobody needs the body of `holder` any more.
    func release(_ holder: Holder) {
        guard let body = bodies.removeValue(forKey: holder) else { return }
        line.remove(holder)
        held -= body.room
        if !body.isReading { complete -= body.room }
    }

    /// Drops bodies until there is room for `more` bytes; `own` are those of `holder`, who asks. Returns whether there
    /// is: what is complete stays, and nobody goes who began after the one that asks.
    private func makeRoom(_ more: Int, besides own: Int, for holder: Holder) -> Bool {
        guard complete + own + more <= limit else { return false }
        while held + more > limit {
            guard let oldest = line.first, oldest != holder else { return false }
            drop(oldest)
        }
        return true
    }

    private func drop(_ holder: Holder) {
        line.remove(holder)
        held -= bodies.removeValue(forKey: holder)?.room ?? 0
    }
}
