import Testing
import Wording

@testable import SLA

/// What is announced, and that it is announced once. A second a sample, stale after 3 s, two failures confirm.
@Suite struct WatchTests {
    private static let agreement = Agreement(calendar: CivilCalendar(zone: .utc))
    private static let service = Service(
        id: "web", customer: "acme", paid: IntervalSet(Interval(.distantPast, .distantFuture)),
        checks: [
            Check(
                interval: 1000, timeout: 1000, retryInterval: 1000, confirm: 2, staleAfter: 3000,
                probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
        ])
    /// 2026-10-01T00:00:00Z.
    private static let start: Int64 = 1_790_812_800_000

    private func at(_ second: Int64) -> Instant { Instant(milliseconds: Self.start + second * 1000) }

    /// Feeds `line`, a character a second (`U`, `D`, `?`, `.` for no sample), deciding after each; what was
    /// announced, as `second:event`.
    private func run(
        _ line: String, from second: Int64 = 0, _ watch: inout ServiceWatch, exclusions: [Exclusion] = []
    ) -> [String] {
        var said: [String] = []
        for (index, letter) in line.enumerated() {
            let now = at(second + Int64(index))
            switch letter {
            case "U": watch.append(Sample(at: now, state: .up), of: "default", cause: nil)
            case "D": watch.append(Sample(at: now, state: .down), of: "default", cause: .connection(.refused))
            case "?": watch.append(Sample(at: now, state: .unknown), of: "default", cause: nil)
            default: break
            }
            for case .alert(let alert) in watch.decide(now: now, exclusions: ExclusionIndex(exclusions)) {
                said.append("\(second + Int64(index)):\(alert.event.rawValue)")
            }
        }
        return said
    }

    private func watch(_ latch: ServiceAlertLatch = .init()) -> ServiceWatch {
        ServiceWatch(Self.service, under: Self.agreement, latch: latch)
    }

    @Test func anOutageIsAnnouncedWhenConfirmedAndItsEndAtTheFirstSuccess() {
        var watch = watch()
        #expect(run("UUUDDDUU", &watch) == ["4:service_down", "4:availability_below", "6:service_up"])
    }

    @Test func theAlertSaysSinceWhenBeforeItWasConfirmed() {
        var watch = watch()
        _ = run("UUUD", &watch)
        watch.append(Sample(at: at(4), state: .down), of: "default", cause: .connection(.refused))
        let actions = watch.decide(now: at(4), exclusions: [])
        guard case .transition(let transition) = actions.first, case .alert(let alert) = actions.dropFirst().first
        else {
            Issue.record("\(actions)")
            return
        }
        #expect(transition == Transition(service: "web", state: .down, since: at(3), at: at(4)))
        #expect(alert["since"]?.english(in: .utc) == "2026-10-01T00:00:03Z")
        #expect(alert["cause"]?.english(in: .utc) == "connection refused")
        #expect(alert["check"]?.english(in: .utc) == "default")
    }

    @Test func aTransientIsNoNews() {
        var watch = watch()
        #expect(run("UUDUUDUU", &watch).isEmpty)
    }

    @Test func losingSightOfAnOutageIsNotItsEnd() {
        var watch = watch()
        #expect(
            run("UDD..........DD?DDUU", &watch).filter { $0.contains("service") } == [
                "2:service_down", "18:service_up",
            ])
    }

    @Test func aRestartNeitherRepeatsNorForgets() {
        var first = watch()
        let told = run("UUDDD", &first)
        #expect(told == ["3:service_down", "3:availability_below"])
        // The alerts as the ledger kept them, and the samples fed anew.
        let alerts = [
            Alert(event: .serviceDown, subject: "web", at: at(3), fields: [.init("since", "2026-10-01T00:00:02Z")]),
            Alert(event: .availabilityBelow, subject: "web", at: at(3), fields: [.init("month", "2026-10")]),
        ]
        var second = watch(ServiceAlertLatch(from: alerts))
        for (index, state) in [SampleState.up, .up, .down, .down, .down].enumerated() {
            second.append(Sample(at: at(Int64(index)), state: state), of: "default", cause: nil)
        }
        #expect(run("DDUU", from: 5, &second) == ["7:service_up"])
    }

    @Test func anExclusionBringsTheFigureBackAndItsRevocationTakesItAway() throws {
        var watch = watch()
        _ = run("UUUDDDUU", &watch)
        var exclusion = Exclusion(
            id: "E1", category: .thirdParty, scope: [.all], interval: try #require(Interval(at(3), at(6))),
            evidence: "ticket", recordedAt: at(8))
        #expect(run("U", from: 8, &watch, exclusions: [exclusion]) == ["8:availability_restored"])
        exclusion.revokedAt = at(9)
        #expect(run("UU", from: 9, &watch, exclusions: [exclusion]) == ["9:availability_below"])
    }

    /// Set back to before anything was measured, and to before it was said: the figure of then unsays nothing.
    @Test func aClockThatIsSetBackTakesNoVerdictBack() {
        var watch = watch()
        #expect(run("UUUUUUUUDDD", from: 100, &watch) == ["109:service_down", "109:availability_below"])
        for second in [50, 104, 107, 110] as [Int64] {
            let said = watch.decide(now: at(second), exclusions: []).compactMap { action -> AlertEvent? in
                guard case .alert(let alert) = action else { return nil }
                return alert.event
            }
            #expect(!said.contains(.availabilityRestored) && !said.contains(.availabilityBelow), "\(second)")
        }
    }

    @Test func aNewMonthBeginsWithoutTheOldOnesAlert() {
        var watch = watch()
        let lastDay = Int64(31 * 86_400)
        // Of a month of which eight seconds are measured, they use up the budget as well.
        let said = run("UUUDDDUU", from: lastDay - 8, &watch)
        #expect(said.count { !$0.contains("budget") && !$0.contains("commitment") } == 3)
        #expect(run("UUUU", from: lastDay, &watch).isEmpty)
        #expect(
            run("DD", from: lastDay + 4, &watch) == [
                "\(lastDay + 5):service_down", "\(lastDay + 5):availability_below",
            ])
    }

    @Test func forgettingTheLastMonthChangesNothingOfThisOne() {
        var (remembering, forgetting) = (watch(), watch())
        let lastDay = Int64(31 * 86_400)
        _ = run("UUDDDUUUDD", from: lastDay - 10, &remembering)
        _ = run("UUDDDUUUDD", from: lastDay - 10, &forgetting)
        forgetting.forget(before: at(lastDay))
        #expect(run("DDDUUU", from: lastDay, &forgetting) == run("DDDUUU", from: lastDay, &remembering))
        #expect(
            forgetting.timeline().down.intersection(IntervalSet(Interval(at(lastDay), at(lastDay + 10))))
                == remembering.timeline().down.intersection(IntervalSet(Interval(at(lastDay), at(lastDay + 10)))))
    }

    @Test func aServiceThatNobodySeesIsUnmeasured() {
        var watch = watch()
        _ = run("UU", &watch)
        let actions = watch.decide(now: at(10), exclusions: [])
        #expect(
            actions == [.transition(Transition(service: "web", state: .unmeasured, since: at(4), at: at(10)))])
    }

    /// The clock was set back from 21 to 10: what was seen before that is still to come by the clock of now, also that
    /// nobody saw anything from 13 to 20.
    @Test func whatWasSeenBeforeTheClockWasSetBackIsStillToCome() {
        var watch = watch()
        func see(_ second: Int64, pass: Pass) {
            watch.append(Sample(at: at(second), state: .up, pass: pass), of: "default", cause: nil)
        }
        for second in [9, 10, 20] as [Int64] { see(second, pass: 0) }
        let end = PassEnd(pass: 0, at: at(21), next: 1, recordedAt: at(10))
        #expect(watch.correct(CorrectionIndex(ends: [end], at: at(10), version: 1)).isEmpty)
        for second in [10, 11, 12] as [Int64] { see(second, pass: 1) }
        for (now, next) in [(12, 13), (13, 20), (20, 21)] as [(Int64, Int64)] {
            _ = watch.decide(now: at(now), exclusions: ExclusionIndex([]))
            #expect(watch.quiet == Interval(at(now), at(next)))
        }
    }

    /// A sample that is earlier than one that a void took, since it is late or the clock was set back, does not make that
    /// one forgotten.
    @Test(arguments: [[0, 0, 0], [0, 1, 2]] as [[Pass]])
    func whatAVoidHasTakenIsReadAgainWhereTheVoidEndsBeforeIt(passes: [Pass]) throws {
        var watch = watch()
        func void(until end: Instant, version: Int) throws -> CorrectionIndex {
            let interval = try #require(Interval(at(10), end))
            let void = Correction(
                kind: .void, scope: [.services(.all)], interval: interval, reason: "blind", evidence: "all fail",
                recordedAt: at(10), recordedBy: Correction.daemon)
            return CorrectionIndex([void], at: at(30), version: version)
        }
        #expect(watch.correct(try void(until: at(25), version: 1)).isEmpty)
        for (second, pass) in zip([5, 20, 8] as [Int64], passes) {
            watch.append(Sample(at: at(second), state: .up, pass: pass), of: "default", cause: nil)
        }
        #expect(watch.correct(try void(until: at(15), version: 2)) == ["default": at(15)])
    }

    @Test func theLossOfSightIsAnnouncedOnceAndSoIsItsReturn() {
        var watch = MeasurementWatch(resuming: nil)
        #expect(watch.decide(now: now(0)) == nil)
        watch.lose(.undecided(probes: 3))
        watch.lose(.ledger("no space left"))
        #expect(watch.decide(now: now(1))?["fault"]?.english(in: .utc) == "ledger")
        #expect(watch.decide(now: now(2)) == nil)
        watch.end(.ledger)
        #expect(watch.decide(now: now(3)) == nil)
        watch.end(.probing)
        #expect(watch.decide(now: now(4)) == nil)
        #expect(watch.decide(now: now(13)) == nil)
        let restored = watch.decide(now: now(14))
        #expect(restored?.event == .measurementRestored)
        #expect(restored?["lost_s"]?.english(in: .utc) == "3.000")
        #expect(watch.decide(now: now(15)) == nil)
    }

    @Test(arguments: [(1, 2), (2, 2), (5, 5), (1000, 10)])
    func probesThatCannotTellInARowAreBlindness(checks: Int, needed: Int) {
        var watch = MeasurementWatch(resuming: nil)
        for _ in 1..<needed { watch.observe(.unknown, .monitorLacked(.route), checks: checks) }
        watch.observe(.down, .noAnswer, checks: checks)
        for _ in 1..<needed { watch.observe(.unknown, .monitorLacked(.route), checks: checks) }
        #expect(watch.decide(now: now(0)) == nil)
        watch.observe(.unknown, .monitorLacked(.route), checks: checks)
        #expect(watch.decide(now: now(1))?["reason"]?.english(in: .utc) == "the last \(needed) probes could not tell")
        watch.observe(.up, nil, checks: checks)
        #expect(watch.decide(now: now(2)) == nil)
        #expect(watch.decide(now: now(12))?.event == .measurementRestored)
    }

    /// A page whose beginning does not decide, a probe that cannot be made, one that a stop has cut off: however many there
    /// are, the monitor sees as before.
    @Test(arguments: [
        Cause.undecided(.text(Excerpt("welcome"), first: 1_048_576)), .misconfigured(.host(Excerpt("a b"))),
        .monitorStopping, .behindRedirect(url: Excerpt("https://b.vn/"), .undecided(.pattern(Excerpt("x$"), first: 9))),
        .atAddress("192.0.2.1", of: 2, .misconfigured(.address("192.0.2.1"))),
    ])
    func whatCannotBeToldByWhatIsAskedIsNoBlindness(cause: Cause) {
        var watch = MeasurementWatch(resuming: nil)
        watch.observe(.unknown, .monitorLacked(.route), checks: 2)
        for _ in 0..<50 { watch.observe(.unknown, cause, checks: 2) }
        #expect(watch.decide(now: now(0)) == nil)
        watch.observe(.unknown, .monitorLacked(.route), checks: 2)
        #expect(watch.decide(now: now(1))?.event == .measurementLost)
        for _ in 0..<50 { watch.observe(.unknown, cause, checks: 2) }
        #expect(watch.decide(now: now(60)) == nil)
    }

    @Test func aLossThatOutlivesARestartIsRestoredOnce() {
        let lost = MeasurementLoss.ledger("full").alert(at: at(0))
        var watch = MeasurementWatch(resuming: lost)
        #expect(watch.decide(now: now(1))?.event == .measurementRestored)
        #expect(watch.decide(now: now(2)) == nil)
    }

    /// Sight that comes and goes is one loss, however often.
    @Test func whatFlapsIsLostOnce() {
        var watch = MeasurementWatch(resuming: nil)
        var said: [AlertEvent] = []
        for second in 0..<60 as Range<Int64> {
            if second < 40 && second % 4 < 2 { watch.lose(.undecided(probes: 10)) } else { watch.end(.probing) }
            if let alert = watch.decide(now: now(second)) { said.append(alert.event) }
        }
        #expect(said == [.measurementLost, .measurementRestored])
    }

    private func now(_ second: Int64) -> Now {
        Now(wall: at(second), monotonic: MonotonicInstant(nanoseconds: UInt64(second) * 1_000_000_000))
    }
}

extension MeasurementWatch {
    /// Decides at `now`, by a clock that does not step.
    fileprivate mutating func decide(now: Instant) -> Alert? {
        decide(now: Now(wall: now, monotonic: MonotonicInstant(nanoseconds: UInt64(now.milliseconds) * 1_000_000)))
    }
}
