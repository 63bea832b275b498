import SLA

extension RandomWorld {
    /// Sets the clock back in some worlds, names families in some, and corrects the record in some.
    mutating func correct(_ world: inout World, _ time: Range<Int64>) {
        if generator.once(in: 3) { setBack(&world, time) }
        if generator.once(in: 2) { nameFamilies(&world) }
        guard generator.once(in: 2) else { return }
        for number in 0..<generator.number(1...3) {
            world.corrections.append(correction("c\(number)", world, time))
        }
    }

    /// Samples of another pass or two, which lie among those that are there.
    private mutating func setBack(_ world: inout World, _ time: Range<Int64>) {
        for index in world.checks.indices {
            for pass in 1...Pass(generator.pick([1, 1, 2])) {
                let before = world.checks[index].samples
                guard let last = before.last(where: { $0.pass == pass - 1 })?.at.milliseconds else { break }
                if generator.once(in: 2) {
                    world.checks[index].ends[pass - 1] = last + world.tick * generator.number(0...6)
                }
                var again = World.Watch(
                    confirm: 1, staleAfter: world.checks[index].staleAfter, samples: [])
                var at = max(time.lowerBound, last - world.tick * generator.number(1...40))
                for _ in 0..<generator.number(1...20) {
                    let state = generator.pick([SampleState.up, .up, .down, .down, .unknown])
                    again.samples.append(Sample(at: Instant(milliseconds: at), state: state, pass: pass))
                    at += generator.pick([world.tick, again.staleAfter, again.staleAfter + world.tick])
                }
                world.checks[index].samples += again.samples
            }
        }
    }

    private mutating func nameFamilies(_ world: inout World) {
        for index in world.checks.indices {
            var family: IPFamily? = .ipv4
            world.checks[index].samples = world.checks[index].samples.map { sample in
                if generator.once(in: 4) { family = generator.pick([.ipv4, .ipv6, .ipv6, nil]) }
                return Sample(at: sample.at, state: sample.state, pass: sample.pass, family: family)
            }
        }
    }

    private mutating func correction(_ id: String, _ world: World, _ time: Range<Int64>) -> Correction {
        let ticks = (time.upperBound - time.lowerBound) / world.tick
        let from = time.lowerBound + world.tick * generator.number(-10...ticks)
        let to = from + world.tick * generator.number(1...max(2, ticks / 6))
        let kind = generator.pick([Correction.Kind.void, .void, .downtime])
        let scopes: [CorrectionTerm] =
            [.services(.all), .services(.service("web")), .services(.group("rack-3")), .services(.customer("beta"))]
            + (kind == .downtime
                ? [] : [.check(CheckID(service: "web", check: "check0")), .family(.ipv6), .family(.ipv4)])
        var correction = Correction(
            kind: kind, id: id, scope: [generator.pick(scopes)], interval: span(from, to), reason: "the cable")
        correction.evidence = generator.pick(["", "TICKET-9", "TICKET-9"])
        correction.recordedBy = generator.pick(["lan", "availd"])
        let asOf = Instant(milliseconds: world.asOf)
        correction.recordedAt = generator.pick([nil, nil, nil, asOf, asOf - world.tick, asOf + world.tick])
        let revokedAt = generator.pick([nil, nil, nil, nil, asOf, asOf + world.tick])
        correction.revocation = revokedAt.map { Correction.Revocation(at: $0) }
        return correction
    }
}
