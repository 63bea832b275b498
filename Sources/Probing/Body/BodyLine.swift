/// Those whose bodies are coming, the one that began first at its head; each step in constant time.
struct BodyLine {
    private struct Place {
        var older: UInt64?
        var newer: UInt64?
    }

    private var places: [UInt64: Place] = [:]
    /// Who began first.
    private(set) var first: UInt64?
    private var last: UInt64?

    /// `id`, which is not in line, is the last now.
    mutating func append(_ id: UInt64) {
        places[id] = Place(older: last)
        if let last { places[last]?.newer = id } else { first = id }
        last = id
    }

    /// Takes `id` out of the line, where it is in it.
    mutating func remove(_ id: UInt64) {
        guard let place = places.removeValue(forKey: id) else { return }
        if let older = place.older { places[older]?.newer = place.newer } else { first = place.newer }
        if let newer = place.newer { places[newer]?.older = place.older } else { last = place.older }
    }
}
