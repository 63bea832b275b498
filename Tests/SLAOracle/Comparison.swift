import SLA

extension World {
    /// What the implementation makes of this world, with the budget where `expected` has one.
    package func stated(like expected: Row) -> Row? {
        guard let figures = figures(of: timeline()) else { return nil }
        var row = Row(figures)
        if expected.budget != nil {
            let budget = Budget(of: figures, exclusions: exclusions)
            row.budget = Row.Allowance(allowed: budget.allowed, remaining: budget.remaining)
        }
        return row
    }

    /// Whether oracle and implementation disagree.
    package var isDisputed: Bool {
        let expected = Oracle(self).row()
        return stated(like: expected) != expected
    }

    /// This world without what can be left out while they still disagree; after so many `tries`, as far as it got.
    package func shrunk(tries: Int = 600) -> World {
        var world = self
        var left = tries
        while let smaller = world.smaller.prefix(left).first(where: { candidate in
            left -= 1
            return candidate.isDisputed
        }) {
            world = smaller
        }
        return world
    }

    /// The worlds that lack one check, term, exclusion, or stretch of samples.
    private var smaller: [World] {
        var worlds: [World] = []
        func without(_ change: (inout World) -> Void) {
            var world = self
            change(&world)
            worlds.append(world)
        }
        if checks.count > 1 {
            for index in checks.indices {
                without { world in
                    world.checks.remove(at: index)
                    for rules in world.rules.indices { world.rules[rules].checks.remove(at: index) }
                }
            }
        }
        for index in promises.indices { without { $0.promises.remove(at: index) } }
        if !rules.isEmpty { without { $0.rules = [] } }
        for index in rules.indices.dropFirst() { without { $0.rules.remove(at: index) } }
        for index in exclusions.indices { without { $0.exclusions.remove(at: index) } }
        for index in corrections.indices { without { $0.corrections.remove(at: index) } }
        for index in checks.indices where !checks[index].ends.isEmpty { without { $0.checks[index].ends = [:] } }
        for index in paid.indices { without { $0.paid.remove(at: index) } }
        for (check, watch) in checks.enumerated() {
            for (post, seen) in watch.posts.enumerated() {
                without { $0.checks[check].posts[post].ends = [:] }
                var length = max(1, seen.samples.count / 2)
                while length > 0 {
                    for first in stride(from: 0, to: seen.samples.count, by: length) {
                        without { world in
                            world.checks[check].posts[post].samples
                                .removeSubrange(first..<min(first + length, seen.samples.count))
                        }
                    }
                    length /= 2
                }
            }
            var length = max(1, watch.samples.count / 2)
            while length > 0 {
                for first in stride(from: 0, to: watch.samples.count, by: length) {
                    without { world in
                        world.checks[check].samples.removeSubrange(first..<min(first + length, watch.samples.count))
                    }
                }
                length /= 2
            }
        }
        return worlds
    }
}
