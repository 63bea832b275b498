import SLA

/// Who waits, by what they must not crowd out of each other: the next one is of the key that has the fewest in place,
/// and among those the one who has waited longest.
///
/// Tickets that were let in by another queue stay in their lines until they come up, or until there are more of them
/// than of those who wait; every operation is logarithmic in the number of keys that wait, on average.
struct FairQueue<Key: Hashable & Sendable> {
    typealias Ticket = UInt64

    /// Whose turn it is: the smallest comes first.
    private struct Turn: Comparable {
        let inPlace: Int
        let oldest: Ticket

        static func < (a: Turn, b: Turn) -> Bool { (a.inPlace, a.oldest) < (b.inPlace, b.oldest) }
    }

    /// Those of one standing.
    private struct Crowd {
        var lines: [Key: Fifo<Ticket>] = [:]
        var turns = KeyedHeap<Key, Turn>()
        var length = 0
    }

    private var inPlace: [Key: Int] = [:]
    private var crowds = Standing.allCases.map { _ in Crowd() }

    /// How many tickets stand in its lines, those included that no longer wait.
    var length: Int { crowds.reduce(0) { $0 + $1.length } }

    /// Puts `ticket` at the end of the line of `key`.
    mutating func append(_ ticket: Ticket, of key: Key, _ standing: Standing) {
        let count = inPlace[key, default: 0]
        change(standing) { crowd in
            crowd.lines[key, default: Fifo()].append(ticket)
            crowd.length += 1
            Self.setTurn(of: key, inPlace: count, in: &crowd)
        }
    }

    /// Takes out the one of `standing` whose turn it is; nil where nobody of `waiting` is one.
    mutating func popNext<Value>(_ standing: Standing, among waiting: [Ticket: Value]) -> Ticket? {
        let counts = inPlace
        var found: Ticket?
        change(standing) { crowd in
            while found == nil, let key = crowd.turns.first?.key {
                // Whoever was let in by another queue makes no claim for those behind.
                let isTaken = crowd.lines[key]?.first.map { waiting[$0] == nil } ?? false
                let ticket = crowd.lines[key]?.popFirst()
                crowd.length -= 1
                Self.setTurn(of: key, inPlace: counts[key, default: 0], in: &crowd)
                if !isTaken { found = ticket }
            }
            if crowd.length > 2 * waiting.count + 64 { Self.forget(&crowd, allBut: waiting, counts) }
        }
        return found
    }

    /// One more of `key` is in place.
    mutating func entered(_ key: Key) { setCount(of: key, to: inPlace[key, default: 0] + 1) }

    /// One of `key` has left its place.
    mutating func left(_ key: Key) { setCount(of: key, to: inPlace[key, default: 1] - 1) }

    private mutating func setCount(of key: Key, to count: Int) {
        inPlace[key] = count > 0 ? count : nil
        for standing in Standing.allCases {
            change(standing) { crowd in
                if crowd.lines[key] != nil { Self.setTurn(of: key, inPlace: count, in: &crowd) }
            }
        }
    }

    private static func setTurn(of key: Key, inPlace count: Int, in crowd: inout Crowd) {
        if let oldest = crowd.lines[key]?.first {
            crowd.turns.set(key, to: Turn(inPlace: count, oldest: oldest))
        } else {
            crowd.lines[key] = nil
            crowd.turns.remove(key)
        }
    }

    /// Drops the tickets that no longer wait.
    private static func forget<Value>(_ crowd: inout Crowd, allBut waiting: [Ticket: Value], _ counts: [Key: Int]) {
        for key in crowd.lines.keys {
            crowd.lines[key]?.removeAll { waiting[$0] == nil }
            setTurn(of: key, inPlace: counts[key, default: 0], in: &crowd)
        }
        crowd.length = crowd.lines.values.reduce(0) { $0 + $1.count }
    }

    private mutating func change(_ standing: Standing, _ body: (inout Crowd) -> Void) {
        body(&crowds[standing.rawValue])
    }
}
