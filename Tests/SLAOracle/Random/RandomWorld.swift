import SLA

/// Makes worlds in which coincidences are common: instants on a small grid, so that things touch, overlap and
/// fall exactly on a limit.
package struct RandomWorld {
    package var generator: SplitMix64
    package let shape: Shape

    /// How long a world is, and how finely it is looked at.
    package enum Shape: CaseIterable, Sendable {
        /// The first milliseconds of a month, `as_of` cutting off the rest.
        case milliseconds
        /// The first minutes of a month, by the second.
        case seconds
        /// Whole months, those of clock changes among them, by the half hour.
        case halfHours
        /// Whole months by the minute.
        case minutes
    }

    package init(generator: SplitMix64, shape: Shape) {
        self.generator = generator
        self.shape = shape
    }

    private static let objectives = ["99", "99", "99", "99.9", "99.95", "95", "90", "75", "50", "0", "100", "99.9999"]

    package mutating func next() -> World {
        let zone = generator.pick(ZoneTable.all)
        return next(of: generator.pick(zone.months), in: zone)
    }

    /// The next world, of `month` in `zone`, which may be several months.
    package mutating func next(of month: ZoneTable.Month, in zone: ZoneTable) -> World {
        let (tick, ticks) = size(of: month)
        let start = month.start * 1000
        let time = start..<start + ticks * tick
        var world = World(zone: zone, month: month, tick: tick, asOf: asOf(time, month, tick), paid: [], checks: [])
        world.objective = generator.pick(Self.objectives)
        world.policy = generator.pick(ExcludedTime.allCases)
        world.notice =
            generator.once(in: 3)
            ? NoticeLead() : NoticeLead(scheduled: 8 * tick, emergency: 3 * tick, recurringAtMost: 12 * tick)
        world.mode = generator.pick(CheckMode.allCases)
        world.paid = paid(time, tick)
        if generator.once(in: 3) { changePromises(&world, time) }
        for _ in 0..<generator.pick([1, 1, 1, 2, 2, 3]) { world.checks.append(watch(time, tick, ticks)) }
        if generator.once(in: 3) { changeRules(&world, time) }
        for number in 0..<generator.number(0...5) {
            world.exclusions.append(exclusion("x\(number)", time, world))
        }
        correct(&world, time)
        return world
    }

    /// Changes what is promised once or twice, often where something begins.
    private mutating func changePromises(_ world: inout World, _ time: Range<Int64>) {
        let ticks = (time.upperBound - time.lowerBound) / world.tick
        var at = generator.pick([time.lowerBound] + world.paid.map(\.lowerBound))
        at += world.tick * generator.pick([0, 0, -1, 1, generator.number(-20...ticks)])
        for _ in 0..<generator.number(1...2) {
            var promise = world.promise(at: .min)
            promise.from = at
            promise.objective = generator.pick(Self.objectives.filter { $0 != "0" })
            if generator.once(in: 2) { promise.policy = generator.pick(ExcludedTime.allCases) }
            if generator.once(in: 2) {
                promise.notice = NoticeLead(
                    scheduled: 5 * world.tick, emergency: 4 * world.tick, recurringAtMost: 8 * world.tick)
            }
            world.promises.append(promise)
            at += world.tick * generator.number(1...max(2, ticks / 3))
        }
    }

    private mutating func size(of month: ZoneTable.Month) -> (tick: Int64, ticks: Int64) {
        switch shape {
        case .milliseconds: (1, generator.number(4...160))
        case .seconds: (1000, generator.number(60...900))
        case .halfHours: (1_800_000, (month.end - month.start) / 1800)
        case .minutes: (60_000, (month.end - month.start) / 60)
        }
    }

    private mutating func asOf(_ time: Range<Int64>, _ month: ZoneTable.Month, _ tick: Int64) -> Int64 {
        switch shape {
        case .milliseconds, .seconds:
            return generator.once(in: 40) ? time.lowerBound - tick * generator.number(0...3) : time.upperBound
        case .halfHours, .minutes:
            if generator.once(in: 3) { return time.lowerBound + tick * generator.number(0...1500) }
            return time.upperBound + tick * generator.pick([0, 0, 1, 400])
        }
    }

    /// Seldom nothing, often everything, else a few terms that may touch, overlap, begin before the month or end
    /// after it.
    private mutating func paid(_ time: Range<Int64>, _ tick: Int64) -> [Range<Int64>] {
        if generator.once(in: 30) { return [] }
        if generator.once(in: 2) {
            return [time.lowerBound - 5 * tick..<(generator.once(in: 2) ? 1 << 60 : time.upperBound + 7 * tick)]
        }
        var terms: [Range<Int64>] = []
        var at = time.lowerBound + tick * generator.number(-10...10)
        for _ in 0..<generator.number(1...4) {
            let length = generator.number(1...max(1, (time.upperBound - time.lowerBound) / tick / 2))
            terms.append(at..<at + length * tick)
            at += tick * (length + generator.pick([0, 0, 1, 5, -1, -2]))
        }
        return terms
    }

    /// Samples from before the month to after `as_of`, in spells of one state; some steps are exactly
    /// `stale_after`, some one tick longer.
    mutating func watch(_ time: Range<Int64>, _ tick: Int64, _ ticks: Int64) -> World.Watch {
        let step = max(1, ticks / generator.pick([15, 40, 120]))
        let stale = step * generator.number(1...3) + generator.number(0...2)
        var watch = World.Watch(confirm: generator.pick([1, 2, 2, 3, 4]), staleAfter: stale * tick, samples: [])
        guard !generator.once(in: 40) else { return watch }
        var at = time.lowerBound - tick * generator.number(0...6 * step)
        var state = SampleState.up
        let end = time.upperBound + tick * 2 * step
        while at < end {
            if generator.once(in: 3) { state = generator.pick([.up, .up, .down, .down, .unknown]) }
            watch.samples.append(Sample(at: Instant(milliseconds: at), state: state))
            at += tick * generator.pick([step, step, step, step, 1, stale, stale + 1, 2 * stale])
        }
        return watch
    }

    private mutating func exclusion(_ id: String, _ time: Range<Int64>, _ world: World) -> Exclusion {
        let (tick, ticks) = (world.tick, (time.upperBound - time.lowerBound) / world.tick)
        let isWhole = generator.once(in: 12)
        let from = time.lowerBound + tick * (isWhole ? -10 : generator.number(-10...ticks))
        let length = tick * (isWhole ? ticks + 20 : generator.number(1...max(2, ticks / 5)))
        var exclusion = Exclusion(
            id: id, category: generator.pick(ExclusionCategory.allCases), scope: scope(),
            interval: span(from, from + length))
        let lead = exclusion.category == .emergencyMaintenance ? world.notice.emergency : world.notice.scheduled
        let early = Instant(milliseconds: from - lead)
        exclusion.noticeAt = generator.pick([
            nil, early, early, early, early + tick, early - tick, early - lead,
            Instant(milliseconds: from - world.notice.recurringAtMost),
            Instant(milliseconds: from - world.notice.recurringAtMost - tick),
        ])
        exclusion.evidence = generator.pick(["", "TICKET-1", "report of the authority"])
        if generator.once(in: 4) { exclusion.plan = "M3" }
        let asOf = Instant(milliseconds: world.asOf)
        exclusion.recordedAt = generator.pick([
            nil, nil, nil, asOf, asOf - tick, asOf + tick, exclusion.noticeAt, exclusion.noticeAt.map { $0 + tick },
        ])
        exclusion.revokedAt = generator.pick([nil, nil, nil, nil, nil, asOf, asOf - tick, asOf + tick])
        return exclusion
    }

    private mutating func scope() -> [ScopeTerm] {
        let others: [ScopeTerm] = [.service("mail"), .customer("web"), .group("rack-30"), .service("acme")]
        let ours: [ScopeTerm] = [.all, .service("web"), .customer("acme"), .group("rack-3")]
        return generator.pick([
            [generator.pick(ours)], [generator.pick(ours)], [generator.pick(ours), generator.pick(others)],
            [generator.pick(others), generator.pick(ours)], [generator.pick(others)],
        ])
    }
}
