/// Those who wait for their next byte, the one that has waited longest first; each step in constant time.
struct StalenessLine {
    private struct Place {
        var older: UInt64?
        var newer: UInt64?
    }

    private var places: [UInt64: Place] = [:]
    /// Who has waited longest.
    private(set) var first: UInt64?
    private var last: UInt64?

    /// `id` has got a byte: it is the last now, whether it was in line or not.
    mutating func renew(_ id: UInt64) {
        guard last != id else { return }
        remove(id)
        places[id] = Place(older: last)
        if let last { places[last]?.newer = id } else { first = id }
        last = id
    }

    /// Takes `id` out of the line.
    mutating func remove(_ id: UInt64) {
        guard let place = places.removeValue(forKey: id) else { return }
        if let older = place.older { places[older]?.newer = place.newer } else { first = place.newer }
        if let newer = place.newer { places[newer]?.older = place.older } else { last = place.older }
    }
}
