/// What is new under another name only, as far as that can be told: what says the same as exactly one that is not there
/// any more, of which no other new one does.
struct LikelyRenames {
    private var names: [String: String] = [:]

    /// What each of `new` was called among `gone`, both with what they say; of what says nothing, nothing is known.
    init<Key: Hashable>(from gone: [(name: String, key: [Key])], to new: [(name: String, key: [Key])]) {
        let before = Dictionary(grouping: gone, by: \.key)
        for (key, found) in Dictionary(grouping: new, by: \.key) where !key.isEmpty {
            guard found.count == 1, let known = before[key], known.count == 1 else { continue }
            names[found[0].name] = known[0].name
        }
    }

    /// What `name` was called; nil where that cannot be told.
    subscript(name: String) -> String? { names[name] }

    /// Takes what `other` knows besides.
    func merging(_ other: LikelyRenames) -> LikelyRenames {
        var all = self
        let taken = Set(names.values)
        for (name, before) in other.names where names[name] == nil && !taken.contains(before) {
            all.names[name] = before
        }
        return all
    }
}
