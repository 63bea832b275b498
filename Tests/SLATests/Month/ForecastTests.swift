import SLAOracle
import Testing

@testable import SLA

/// Where a running month is heading (semantics §7), against what follows from the definition.
@Suite struct ForecastTests {
    @Test(arguments: [(RandomWorld.Shape.milliseconds, 400), (.halfHours, 60)])
    func theForecastIsWhatItsWordsSay(shape: RandomWorld.Shape, worlds: Int) async throws {
        var random = RandomWorld(generator: SplitMix64(seed: 99), shape: shape)
        var reached: Set<String> = []
        for number in 1...worlds {
            await Task.yield()
            var world = random.next()
            if shape == .halfHours {
                // Early enough that something is left, with a share that spells of downtime come near to.
                world.asOf = world.monthStart + world.tick * random.generator.number(10...700)
                world.objective = random.generator.pick(["50", "75", "90"])
            }
            let agreement = try #require(world.agreement)
            let timeline = world.timeline()
            let figures = try #require(world.figures(of: timeline))
            let month = figures.period.interval(in: agreement.calendar)
            let found = Forecast(of: figures, exclusions: world.exclusions)
            guard figures.asOf < month.end else {
                #expect(found == nil)
                continue
            }
            let forecast = try #require(found)
            #expect(forecast.budget == Budget(of: figures, exclusions: world.exclusions))
            #expect(
                forecast.best == Self.best(of: figures, timeline, world, agreement, month),
                "world \(number): \(world)")
            reached.insert(try Self.check(forecast, figures, world, agreement))
        }
        #expect(reached == ["never", "past", "at"])
    }

    /// The availability of the whole month, had it been up ever since.
    private static func best(
        of figures: MonthFigures, _ timeline: ServiceTimeline, _ world: World, _ agreement: Agreement, _ month: Interval
    ) -> Ratio? {
        let past = IntervalSet(Interval(.distantPast, figures.asOf))
        var spans = CheckSpans()
        spans.up = timeline.up.intersection(past).union(IntervalSet(Interval(figures.asOf, month.end)))
        spans.down = timeline.down.intersection(past)
        let known = world.exclusions.filter { $0.isInForce(asOf: figures.asOf) }.map { exclusion in
            var exclusion = exclusion
            exclusion.revokedAt = nil
            return exclusion
        }
        let whole = MonthFigures(
            of: world.service, in: figures.period, asOf: month.end, under: agreement,
            timeline: ServiceTimeline(mode: .all, checks: [spans]), exclusions: known)
        return whole.availability
    }

    /// The budget is used up at the first ms at which downtime at the rate so far reaches what is allowed.
    private static func check(
        _ forecast: Forecast, _ figures: MonthFigures, _ world: World, _ agreement: Agreement
    ) throws -> String {
        let plan = MonthPlan(
            of: world.service, month: figures.period.interval(in: agreement.calendar), asOf: figures.asOf,
            under: agreement,
            exclusions: world.exclusions)
        // Of what was, what was measured and not excluded; of what is to come, what is planned.
        let past = Int128(figures.partition.available.length + figures.partition.down.length)
        func counted(to instant: Instant) -> Int128 {
            past + Int128(plan.counted.intersection(IntervalSet(Interval(figures.asOf, instant))).length)
        }
        let (spent, allowed) = (Int128(forecast.budget.spent), Int128(forecast.budget.allowed))
        switch forecast.exhaustion {
        case .past:
            #expect(spent > 0 && spent >= allowed)
            return "past"
        case .never:
            #expect(spent == 0 || spent * counted(to: .distantFuture) < allowed * past)
            return "never"
        case .at(let instant):
            #expect(instant > figures.asOf && spent < allowed)
            #expect(spent * counted(to: instant) >= allowed * past, "\(world)")
            #expect(spent * counted(to: instant - 1) < allowed * past, "\(world)")
            return "at"
        }
    }
}
