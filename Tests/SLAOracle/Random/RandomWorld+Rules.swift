import SLA

extension RandomWorld {
    /// Changes how the service is measured, and whose it is, once or a few times; now and then before the month.
    mutating func changeRules(_ world: inout World, _ time: Range<Int64>) {
        let ticks = (time.upperBound - time.lowerBound) / world.tick
        var next = world.rules(at: .min)
        // Some checks are added later.
        for index in next.checks.indices.dropFirst() where generator.once(in: 3) { next.checks[index] = nil }
        world.rules = [next]
        var at = time.lowerBound - world.tick * generator.number(-ticks / 3...12)
        for _ in 0..<generator.number(1...4) {
            next.from = at
            for index in next.checks.indices {
                next.checks[index] = reading(world.checks[index], next.checks[index], world.tick)
            }
            if generator.once(in: 3) { next.mode = generator.pick(CheckMode.allCases) }
            if generator.once(in: 4) { next.customer = generator.pick(["acme", "beta"]) }
            if generator.once(in: 4) { next.group = generator.pick(["rack-3", "rack-4"]) }
            world.rules.append(next)
            at += world.tick * generator.number(1...max(2, ticks / 3))
        }
    }

    private mutating func reading(_ watch: World.Watch, _ before: World.Reading?, _ tick: Int64) -> World.Reading? {
        if generator.once(in: 3) { return nil }
        if generator.once(in: 2), let before { return before }
        return World.Reading(
            confirm: generator.pick([1, 2, 3, watch.confirm]),
            staleAfter: generator.pick([
                watch.staleAfter, watch.staleAfter * 2, max(1, watch.staleAfter / tick / 2) * tick,
            ]))
    }
}
