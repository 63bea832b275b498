/// A check of a service as one vantage point sees it: what has a series of samples of its own (semantics §3.7).
public struct Viewpoint: Hashable, Sendable {
    /// The check's identifier within the service.
    public var check: String
    /// The vantage point; nil for the one without a name, which is a check's only one.
    public var vantage: String?

    /// `check`, seen from `vantage`.
    public init(check: String, vantage: String? = nil) {
        self.check = check
        self.vantage = vantage
    }
}

extension MeasuringRules {
    /// The vantage points that the check called `id` ever had, in the order in which they became known.
    public func vantages(of id: String) -> [String?] {
        var seen: Set<String?> = []
        return steps.flatMap { $0.check(id)?.everyVantage ?? [] }.filter { seen.insert($0).inserted }
    }

    /// Each check with each vantage point that it ever had.
    public var viewpoints: [Viewpoint] {
        checks.flatMap { id in vantages(of: id).map { Viewpoint(check: id, vantage: $0) } }
    }

    /// How the samples are read that `vantage` took of the check called `id`: it sees it while both are recorded.
    public func rules(of id: String, from vantage: String?) -> CheckRules {
        rules { step in step.check(id).flatMap { $0.everyVantage.contains(vantage) ? $0 : nil } }
    }

    /// How its state is made up, since when.
    var combinations: [CombinationChange] {
        let several = Set(checks.filter { vantages(of: $0).count > 1 })
        var changes: [CombinationChange] = []
        for step in steps {
            let own = step.checks.filter { several.contains($0.id) }.map { ($0.id, $0.downFrom) }
            let said = Combination(mode: step.mode, quorums: Dictionary(own) { first, _ in first })
            if changes.last?.combination != said { changes.append(CombinationChange(from: step.from, said)) }
        }
        return changes
    }

    /// The smallest quorum that was ever recorded of the check called `id`.
    func smallestQuorum(of id: String) -> Int { steps.compactMap { $0.check(id)?.downFrom }.min() ?? 1 }
}
