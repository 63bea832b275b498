import SLAOracle
import Testing

@testable import SLA

/// One implementation, two speeds: a month that is followed sample by sample has the digits of the figures that are
/// made of all its samples at once, at every step.
@Suite struct RunningMonthTests {
    private static let seed: UInt64 = 20_261_121

    @Test(arguments: [(RandomWorld.Shape.milliseconds, 100, 1), (.seconds, 8, 5), (.halfHours, 5, 100)])
    func everyStepHasTheDigitsOfTheWholeMonth(shape: RandomWorld.Shape, worlds: Int, stride: Int) async throws {
        var random = RandomWorld(generator: SplitMix64(seed: Self.seed), shape: shape)
        for number in 1...worlds {
            await Task.yield()
            let world = random.next().recordedInBetween(&random.generator)
            guard try Self.follow(world, each: stride, &random.generator) else {
                Issue.record("world \(number) of shape \(shape), seed \(Self.seed): \(world)")
                return
            }
        }
    }

    @Test(arguments: ScenarioTests.names)
    func everyScenarioHasTheDigitsOfTheWholeMonth(name: String) throws {
        let world = try ScenarioTests.scenario(name).world
        var generator = SplitMix64(seed: Self.seed)
        let samples = world.checks.reduce(0) { $0 + $1.samples.count }
        #expect(try Self.follow(world, each: max(1, samples / 60), &generator))
    }

    /// Feeds `world`, asking at every `stride`th step; whether every answer was that of the whole.
    private static func follow(_ world: World, each stride: Int, _ generator: inout SplitMix64) throws -> Bool {
        let agreement = try #require(world.agreement)
        var service = world.known(at: .min).service
        var running = RunningMonth(of: service, under: agreement)
        var month: CivilMonth?
        let forgets = generator.once(in: 2)
        var hasForgotten = false
        var announced: [Milliseconds: Instant] = [:]
        var voids: [Viewpoint: SampleVoids] = [:]
        // Rules stay known, also where the clock is set back.
        var latest = Instant.distantPast
        let fed = world.checks.enumerated()
            .flatMap { index, watch in watch.samples.map { (check: "check\(index)", sample: $0) } }
            .sorted { ($0.sample.pass, $0.sample.at) < ($1.sample.pass, $1.sample.at) }
        for (step, next) in fed.enumerated() {
            latest = max(latest, next.sample.at)
            Self.follow(world.known(at: latest.milliseconds).service, &running, &service, fed[..<step], voids)
            running.append(next.sample, of: next.check)
            guard step % stride == 0 else { continue }
            // At the sample, or when time has passed since.
            let soon = step + 1 < fed.count ? fed[step + 1].sample.at : next.sample.at
            let now = generator.once(in: 2) ? next.sample.at : max(next.sample.at, soon - world.tick)
            let current = agreement.calendar.month(containing: now)
            if forgets, let month, month != current {
                running.forget(before: agreement.calendar.interval(of: current).start)
                hasForgotten = true
            }
            month = current
            latest = max(latest, now)
            Self.follow(world.known(at: latest.milliseconds).service, &running, &service, fed[...step], voids)
            if generator.once(in: 10), let window = BurnWindow.all.randomElement(using: &generator) {
                announced[window.length] = generator.pick([now, generator.pick(fed).sample.at])
            }
            let corrections = ServiceCorrections(world.corrections, of: service, asOf: now)
            voids = corrections.voids
            let kept = hasForgotten ? agreement.calendar.interval(of: current).start : .distantPast
            let changed = running.correct(corrections, ends: world.passEnds, from: kept)
            if changed.values.contains(where: { $0 < kept }) {
                // What was forgotten is otherwise now: everything is read.
                for check in service.rules.checks {
                    var timeline = CheckTimeline(
                        service.rules.rules(of: check), voids: corrections[check],
                        ends: world.passEnds.ends(of: CheckID(service: service.id, check: check)))
                    for next in fed[...step] where next.check == check { timeline.append(next.sample) }
                    running.replace(timeline, of: check)
                }
                running.begin(disruptedSince: nil)
            }
            for (check, from) in changed where from >= kept {
                let own = fed[...step].filter { $0.check == check }.map(\.sample)
                running.readAgain(
                    again(
                        own, from: from, SeriesRules(service.rules.rules(of: check), voids: corrections[check])),
                    of: check)
            }
            let expected = Expected(
                world.known(at: latest.milliseconds), fed: fed[...step], month: current, at: now, under: agreement,
                announced: announced)
            let found = running.figures(
                at: now, exclusions: ExclusionIndex(world.exclusions), announcedBurns: announced)
            let isRight =
                found.figures.agrees(with: expected) && found.state == expected.state
                && (hasForgotten || found.since == expected.since)
            guard isRight else {
                Issue.record("at \(now): \(found), expected \(expected)")
                return false
            }
        }
        return true
    }

    /// Follows the rules of `next`, where that can be, without reading all that was `fed` again.
    private static func follow(
        _ next: Service, _ running: inout RunningMonth, _ service: inout Service,
        _ fed: ArraySlice<(check: String, sample: Sample)>, _ voids: [Viewpoint: SampleVoids]
    ) {
        if next == service { return }
        service = next
        if running.canFollow(next) {
            for (check, from) in running.update(next, under: running.agreement) {
                let own = fed.filter { $0.check == check }.map(\.sample)
                let series = SeriesRules(
                    next.rules.rules(of: check), voids: voids[Viewpoint(check: check)] ?? SampleVoids())
                running.readAgain(again(own, from: from, series), of: check)
            }
        } else {
            running = RunningMonth(of: next, under: running.agreement)
            for sample in fed { running.append(sample.sample, of: sample.check) }
        }
    }

    /// What a ledger gives of `samples` where those from `instant` on are to be fed again.
    private static func again(_ samples: [Sample], from instant: Instant, _ rules: SeriesRules) -> [SamplesAgain] {
        Dictionary(grouping: samples, by: \.pass).map { pass, samples in
            let after = samples.last { $0.at < instant && $0.state == .up && !rules.leavesOut($0) }
            return SamplesAgain(
                pass: pass, after: after, samples: samples.filter { $0.at > after?.at ?? .distantPast })
        }
    }

    /// The same question put to all the samples at once.
    struct Expected {
        let figures: MonthFigures
        let budget: Budget
        /// The civil day of the question.
        let day: Interval
        let state: ServiceState
        let since: Instant?
        /// The burns of the month that were announced.
        let announced: [Milliseconds: Instant]

        init(
            _ world: World, fed: ArraySlice<(check: String, sample: Sample)>, month: CivilMonth, at now: Instant,
            under agreement: Agreement, announced: [Milliseconds: Instant] = [:]
        ) {
            let whole = agreement.calendar.interval(of: month)
            let date = agreement.calendar.date(at: now)
            day = Interval(
                unchecked: agreement.calendar.start(of: date), agreement.calendar.start(of: date.advanced(by: 1)))
            self.announced = announced.filter { whole.contains($0.value) }
            let timeline = ServiceTimeline(
                of: world.service, corrections: ServiceCorrections(world.corrections, of: world.service, asOf: now),
                ends: world.passEnds
            ) { check, _, timeline in
                for next in fed where next.check == check.check { timeline.append(next.sample) }
            }
            figures = MonthFigures(
                of: world.service, in: .month(month), asOf: now, under: agreement, timeline: timeline,
                exclusions: world.exclusions)
            budget = Budget(of: figures, exclusions: world.exclusions)
            (state, since) = timeline.state(at: now)
        }
    }

    /// A clock that steps back, and a check that is read anew, change no digit either.
    @Test func aClockThatStepsBackChangesNothing() throws {
        var random = RandomWorld(generator: SplitMix64(seed: 7), shape: .milliseconds)
        for _ in 1...30 {
            // Passes and corrections are followed above.
            let world = random.next().uncorrected
            let agreement = try #require(world.agreement)
            var running = RunningMonth(of: world.service, under: agreement)
            let fed = world.checks.enumerated()
                .flatMap { index, watch in watch.samples.map { (check: "check\(index)", sample: $0) } }
                .sorted { $0.sample.at < $1.sample.at }
            for (step, next) in fed.enumerated() {
                running.append(next.sample, of: next.check)
                if step % 5 == 4 {
                    let past = fed[max(0, step - 9)].sample.at
                    let month = agreement.calendar.month(containing: past)
                    let expected = Expected(world, fed: fed[...step], month: month, at: past, under: agreement)
                    #expect(
                        running.figures(at: past, exclusions: ExclusionIndex(world.exclusions)).figures.agrees(
                            with: expected))
                }
                if step % 11 == 10, let index = Int(next.check.dropFirst(5)) {
                    let check = world.service.checks[index]
                    var again = CheckTimeline(staleAfter: check.staleAfter, confirm: check.confirm)
                    for earlier in fed[...step] where earlier.check == next.check { again.append(earlier.sample) }
                    running.replace(again, of: next.check)
                }
                let now = next.sample.at
                let month = agreement.calendar.month(containing: now)
                let expected = Expected(world, fed: fed[...step], month: month, at: now, under: agreement)
                #expect(
                    running.figures(at: now, exclusions: ExclusionIndex(world.exclusions)).figures.agrees(
                        with: expected))
            }
        }
    }

    /// A history gives back what it was given, whole and in order, from a handful of pieces; a copy is not changed by
    /// what is added to the other.
    @Test func aHistoryKeepsEverythingInFewPieces() {
        var history = SpanHistory()
        var early = SpanHistory()
        var everything = CheckSpans()
        for number in Int64(0)..<30_000 {
            var spans = CheckSpans()
            spans.down.append(span(number * 10, number * 10 + 3))
            spans.up.append(span(number * 10 + 3, number * 10 + 9))
            history.append(spans)
            everything.append(spans)
            if number == 9999 { early = history }
        }
        #expect(history.all() == everything)
        #expect((2...10).contains(history.chunkCount))
        #expect(early.all().down.intervals == Array(everything.down.intervals.prefix(10_000)))
        history.forget(before: t(100_000))
        #expect(history.all().up.intervals == Array(everything.up.intervals.dropFirst(10_000)))
    }

    /// What is followed holds no more spans than the last few samples, however many went before.
    @Test func theOpenPartStaysSmall() throws {
        var world = World(asOf: 0, paid: [0..<1 << 60], checks: [])
        world.checks = [World.Watch(confirm: 2, staleAfter: 3, samples: [])]
        let agreement = try #require(world.agreement)
        var running = RunningMonth(of: world.service, under: agreement)
        for at in Int64(0)..<4000 {
            running.append(Sample(at: t(at), state: at % 7 < 3 ? .down : .up), of: "check0")
            _ = running.figures(at: t(at), exclusions: [])
            #expect(running.openSpans < 12)
        }
        #expect(running.timeline().down.intervals.count == (4000 + 6) / 7)
    }
}

extension MonthToDate {
    fileprivate func agrees(with whole: RunningMonthTests.Expected) -> Bool {
        let (figures, budget) = (whole.figures, whole.budget)
        func isDown(_ length: Milliseconds, at end: Instant) -> Milliseconds {
            figures.partition.down.intersection(IntervalSet(Interval(end - length, end))).length
        }
        // Between these instants it only grows, or only shrinks.
        let ends = figures.partition.down.intervals.flatMap { [$0.start, $0.end] }
        let burning = BurnWindow.all.map { window in
            let instants = whole.announced[window.length].map { since in
                ([since, asOf] + ends + ends.map { $0 + window.length }).filter { since <= $0 && $0 <= asOf }
            }
            return BurnWindow.Downtime(
                long: isDown(window.length, at: asOf), short: isDown(window.short, at: asOf),
                leastSince: instants?.map { isDown(window.length, at: $0) }.min())
        }
        let ofTheDay = figures.transients.filter { whole.day.contains($0.start) }
        return month == figures.period.month && asOf == figures.asOf && tally == Tally(figures.partition)
            && availability == figures.availability && availabilityMin == figures.availabilityMin
            && availabilityMax == figures.availabilityMax && verdict == figures.verdict
            && certainty == figures.certainty && self.budget == budget
            && burns == (figures.partition.down.isEmpty ? [] : burning)
            && transients.count == ofTheDay.count && transients.first == ofTheDay.first?.start
    }
}

extension World {
    /// This world with its exclusions recorded and revoked while it is being followed.
    fileprivate func recordedInBetween(_ generator: inout SplitMix64) -> World {
        var world = self
        let instants = checks.flatMap { $0.samples.map(\.at) }
        guard !instants.isEmpty else { return world }
        for index in exclusions.indices {
            world.exclusions[index].recordedAt = generator.pick([nil, generator.pick(instants)])
            world.exclusions[index].revokedAt = generator.pick([nil, generator.pick(instants)])
        }
        for index in corrections.indices {
            world.corrections[index].recordedAt = generator.pick([nil, generator.pick(instants)])
            let revokedAt = generator.pick([nil, generator.pick(instants)])
            world.corrections[index].revocation = revokedAt.map { Correction.Revocation(at: $0) }
        }
        return world
    }
}
