import SLA

/// Answers that may be used again.
struct NameCache {
    typealias Key = Resolver.Key

    /// No answer is kept longer than this, in s.
    private static let longestLifetime: Int64 = 60
    /// How many are kept.
    private static let most = 20_000

    private var answers: [Key: (answer: NameAnswer, until: MonotonicInstant)] = [:]
    /// Names that have no address of a family, beside those that they have of the other.
    private var absent: [Key: MonotonicInstant] = [:]

    /// The answer for `key`, where one is kept.
    func answer(_ key: Key, _ now: MonotonicInstant) -> NameAnswer? {
        guard let kept = answers[key], now < kept.until else { return nil }
        return kept.answer
    }

    /// Whether the name of `key` had no address of that family a moment ago, and still has one of the other: then it is
    /// not asked for again at each probe, for somebody who is content with either.
    func isAbsent(_ key: Key, _ now: MonotonicInstant) -> Bool {
        guard let until = absent[key], now < until else { return false }
        return answer(Key(name: key.name, family: key.family == .ipv4 ? .ipv6 : .ipv4), now) != nil
    }

    /// Keeps `answer` for `lifetime` s, or forgets the one before where that is nothing.
    mutating func keep(_ answer: NameAnswer, of key: Key, lifetime: Int64, _ now: MonotonicInstant) {
        answers[key] = lifetime > 0 ? (answer, now + min(lifetime, Self.longestLifetime) * 1000) : nil
        absent[key] = answer == .noAddress ? now + Self.longestLifetime * 1000 : nil
        if answers.count > Self.most { answers = answers.filter { now < $0.value.until } }
        if answers.count > Self.most { answers.removeAll() }
        if absent.count > Self.most { absent.removeAll() }
    }
}
