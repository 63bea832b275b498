import SLA

extension RandomWorld {
    /// A world whose checks are probed from one to four vantage points, some of which are silent for a while; and of whose
    /// samples some were not looked at.
    package mutating func nextOfVantages() -> World {
        var world = next()
        let time = world.monthStart..<max(world.monthStart + world.tick, world.asOf)
        for index in world.checks.indices where index == 0 || generator.once(in: 2) { spread(index, of: &world, time) }
        if world.rules.isEmpty, generator.once(in: 2) { beginHistory(of: &world, time) }
        for index in world.rules.indices { choose(&world, index) }
        if generator.once(in: 2) { derive(&world) }
        if generator.once(in: 3), let name = world.checks[0].posts.first?.name {
            var void = Correction(
                kind: .void, id: "v", scope: [.vantage(generator.pick([name, "d"]))],
                interval: span(time.lowerBound - 5 * world.tick, time.lowerBound + 20 * world.tick), reason: "cut off")
            void.evidence = "TICKET-3"
            world.corrections.append(void)
        }
        return world
    }

    /// What the check `index` saw becomes what the first of its vantage points saw; others saw nearly the same, or
    /// something else.
    private mutating func spread(_ index: Int, of world: inout World, _ time: Range<Int64>) {
        let watch = world.checks[index]
        let names = Array(["a", "b", "c", "d"].prefix(Int(generator.number(1...4))))
        var posts = [World.Post(name: names[0], samples: watch.samples, ends: watch.ends)]
        for name in names.dropFirst() {
            var samples: [Sample] = []
            for sample in watch.samples where !generator.once(in: 8) {
                let at = sample.at + world.tick * generator.pick([0, 0, 0, 1, 2])
                if let last = samples.last, last.pass == sample.pass, last.at >= at { continue }
                let state = generator.once(in: 4) ? generator.pick([.up, .down, .unknown]) : sample.state
                samples.append(Sample(at: at, state: state, pass: sample.pass, family: sample.family))
            }
            // Nobody hears of it for a while.
            if generator.once(in: 3), samples.count > 4 {
                let from = Int(generator.number(0...Int64(samples.count - 2)))
                samples.removeSubrange(from..<min(samples.count, from + Int(generator.number(1...9))))
            }
            posts.append(World.Post(name: name, samples: samples))
        }
        world.checks[index].posts = posts
        (world.checks[index].samples, world.checks[index].ends) = ([], [:])
        world.checks[index].quorum = quorum(of: names.count)
    }

    private mutating func quorum(of count: Int) -> Int? {
        generator.once(in: 3) ? nil : Int(generator.number(1...Int64(count)))
    }

    private mutating func beginHistory(of world: inout World, _ time: Range<Int64>) {
        let ticks = (time.upperBound - time.lowerBound) / world.tick
        var next = world.rules(at: .min)
        world.rules = [next]
        next.from = time.lowerBound - world.tick * 6
        for _ in 0..<generator.number(1...3) {
            next.from += world.tick * generator.number(1...max(2, ticks / 2))
            world.rules.append(next)
        }
    }

    /// From where checks are probed by the rules of `index`, and what the quorum is: as before, or otherwise.
    private mutating func choose(_ world: inout World, _ index: Int) {
        for check in world.checks.indices where !world.checks[check].posts.isEmpty {
            guard world.rules[index].checks[check] != nil else { continue }
            let names = world.checks[check].posts.map(\.name)
            let before = index > 0 ? world.rules[index - 1].checks[check] : nil
            var vantages = before?.vantages ?? names
            if generator.once(in: 3) { vantages = names.filter { _ in !generator.once(in: 3) } }
            // The one without a name sees nothing here.
            if vantages.isEmpty { vantages = [names[0]] }
            let isAsBefore = before.map { $0.vantages == vantages } ?? false
            world.rules[index].checks[check]?.vantages = vantages
            world.rules[index].checks[check]?.quorum =
                isAsBefore && generator.once(in: 2) ? before?.quorum : quorum(of: vantages.count)
        }
    }

    /// What is said to have held, for a few samples at a time.
    private mutating func derive(_ world: inout World) {
        for check in world.checks.indices {
            world.checks[check].samples = derived(world.checks[check].samples)
            for post in world.checks[check].posts.indices {
                world.checks[check].posts[post].samples = derived(world.checks[check].posts[post].samples)
            }
        }
    }

    private mutating func derived(_ samples: [Sample]) -> [Sample] {
        var isDerived = false
        return samples.map { sample in
            if generator.once(in: 3) { isDerived = generator.once(in: 2) }
            return Sample(
                at: sample.at, state: sample.state, pass: sample.pass, family: sample.family, isDerived: isDerived)
        }
    }
}
