/// How a service's state is made up: by its checks, and each check's by its vantage points (semantics §3.7, §3.8).
struct Combination: Hashable, Sendable {
    /// How its checks make up its state.
    var mode: CheckMode
    /// From how many vantage points a check is down at least, by its identifier; those that only ever had one are left
    /// out.
    var quorums: [String: Int] = [:]

    /// From how many vantage points the check called `id` is down at least.
    func quorum(of id: String) -> Int { quorums[id] ?? 1 }

    /// The same with the checks of `said`: nobody waits for those that come or go.
    func withChecks(of said: Combination) -> Combination {
        if quorums.isEmpty, said.quorums.isEmpty { return self }
        return Combination(
            mode: mode, quorums: said.quorums.merging(quorums.filter { said.quorums[$0.key] != nil }) { $1 })
    }
}

/// Since when a service's state is made up in another way.
struct CombinationChange: Hashable, Sendable {
    /// Since when.
    var from: Instant
    /// How it is.
    var combination: Combination

    /// `combination` from `from` on.
    init(from: Instant, _ combination: Combination) {
        self.from = from
        self.combination = combination
    }

    /// By `mode` from `from` on, where each check has one vantage point.
    init(from: Instant, mode: CheckMode) { self.init(from: from, Combination(mode: mode)) }
}
