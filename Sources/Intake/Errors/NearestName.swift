/// The one of `names` that a slip of the hand makes into `found`, or nil where none is near: at most a third
/// of the letters may be wrong, and at least one may be.
public func nearestName(to found: String, among names: some Sequence<String>) -> String? {
    let letters = Array(found.lowercased().unicodeScalars)
    guard !letters.isEmpty, letters.count <= 100 else { return nil }
    let allowed = max(1, letters.count / 3)
    var best: (name: String, distance: Int)?
    for name in names where abs(name.unicodeScalars.count - letters.count) <= allowed {
        let distance = editDistance(letters, Array(name.lowercased().unicodeScalars))
        // The name itself is not a correction; between equals, the first in the alphabet, so that it is stable.
        guard distance <= allowed, name != found else { continue }
        if let known = best, (known.distance, known.name) <= (distance, name) { continue }
        best = (name, distance)
    }
    return best?.name
}

/// What a message ends with where `name` is near to what was found; nothing where none is.
public func didYouMean(_ name: String?) -> String {
    name.map { "; did you mean \($0)?" } ?? ""
}

/// How many insertions, deletions, replacements and swaps of neighbours make `a` into `b` (optimal string
/// alignment).
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
        var current = [i]
        for j in 1...b.count {
            let replacement = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            var distance = min(previous[j] + 1, current[j - 1] + 1, replacement)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                distance = min(distance, beforePrevious[j - 2] + 1)
            }
            current.append(distance)
        }
        (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
}
