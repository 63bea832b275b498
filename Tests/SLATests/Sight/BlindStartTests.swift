import SLA
import Testing

@testable import SLA

/// A start in the dark, and a restart: what is blind before any reference has answered (semantics §10).
@Suite struct BlindStartTests {
    private typealias World = SightWorld

    private static let hour = 3600.0

    private func found(
        _ name: String, _ second: Double, _ state: SampleState, took: Double = 0.1, cause: Cause? = nil
    ) -> Observation {
        World.found(name, second, state, took: took, cause: cause)
    }

    private func clock(_ second: Double) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: UInt64(second * 1_000_000_000))
    }

    // MARK: - Nobody has answered

    //   4a   D------D-----------U
    //   4b      D-----D-----D-----
    //   web  U    D
    @Test func inADeadNetworkTheFirstFailureOfACheckBegins() {
        var world = World(["4a", "4b"])
        #expect(world.step(found("4web", 0, .up), found("4a", 1, .down), found("4web", 3, .down, took: 4)).isEmpty)
        #expect("\(world.step(found("4b", 4, .down, took: 4)))" == "[ipv4 from 3.0]")
        #expect(world.watch.blind.first?.failures.map(\.reference) == ["tcp://4a:1", "tcp://4b:1"])
        // One that took longer.
        #expect("\(world.step(found("4slow", 0.5, .down, took: 9)))" == "[ipv4 from 0.5]")
        #expect(world.step(found("4web", 10, .up)).isEmpty)
        #expect("\(world.step(found("4a", 20, .up)))" == "[ipv4 from 0.5 to 20.1]")
        // It has answered now, and 4b is none.
        #expect("\(world.step(found("4a", 30, .down)))" == "[ipv4 from 30.0]")
    }

    @Test func aCheckThatFailsBeforeTheFirstAnswerIsDown() {
        var world = World(["4a", "4b"])
        #expect(world.step(found("4web", 0, .down), found("4a", 1, .down)).isEmpty)
        #expect(world.step(found("4b", 2, .up)).isEmpty)
        #expect(world.step(found("4a", 3, .down), found("4web", 4, .down)).isEmpty)
    }

    /// The machine has no IPv6, and nobody needs it.
    @Test func aFamilyInWhichNoCheckFailsIsNotMissed() {
        var world = World(["4a", "6a"])
        #expect(world.step(found("4a", 0, .up), found("6a", 0, .unknown), found("4web", 1, .down)).isEmpty)
        #expect("\(world.step(found("6web", 2, .unknown)))" == "[ipv6 from 2.0]")
    }

    @Test func namesAreBlindFromTheStartAsWell() {
        var world = World(["na", "4a"])
        let changes = world.step(
            found("4a", 0, .up), found("xweb", 1, .down), found("na", 2, .down, cause: World.noName))
        #expect("\(changes)" == "[names from 1.0]")
        #expect("\(world.step(found("na", 9, .down)))" == "[names from 1.0 to 9.1]")
    }

    @Test func aFallWaitsForWhoHasNotAnsweredYet() {
        var world = World(["4a"])
        world.watch.hold("web", found("4web", 1, .down), now: clock(2))
        #expect(world.watch.holds("web"))
        _ = world.step(found("4web", 1, .down), found("4a", 2, .down))
        #expect(world.watch.release(now: clock(3)).isEmpty)
        _ = world.step()
        #expect(world.watch.release(now: clock(3)) == ["web": World.at(1)])
    }

    // MARK: - Nobody ever answers

    @Test func referencesThatNeverAnswerWhileChecksDoAreNoneAfterAnHour() {
        var world = World(["4a"])
        _ = world.step(found("4a", 0, .down), found("4web", 1, .up), found("4shop", 2, .down))
        #expect(world.watch.blind.map(\.domain) == [.ipv4])
        _ = world.step(found("4web", Self.hour, .up))
        #expect(world.watch.blind.map(\.domain) == [.ipv4] && world.watch.takeWarnings().isEmpty)
        let changes = world.step(found("4web", Self.hour + 1, .up))
        #expect("\(changes)" == "[ipv4 from 2.0 to \(Self.hour + 1.1)]")
        #expect(world.watch.takeWarnings().count == 1 && world.watch.takeWarnings().isEmpty)
        #expect(world.step(found("4a", 4000, .down), found("4shop", 4001, .down)).isEmpty)
        world.watch.hold("shop", found("4shop", 4001, .down), now: clock(4001))
        #expect(!world.watch.holds("shop"))
        // Whoever answers after all is one.
        _ = world.step(found("4a", 5000, .up))
        #expect("\(world.step(found("4a", 5010, .down)))" == "[ipv4 from 5010.0]")
    }

    @Test func whereNoCheckSucceedsEitherNobodyLosesPatience() {
        var world = World(["4a"])
        _ = world.step(found("4a", 0, .down), found("4web", 1, .down))
        for second in stride(from: 10.0, to: 5 * Self.hour, by: 600) {
            #expect(world.step(found("4a", second, .down), found("4web", second, .down)).isEmpty)
        }
        #expect(world.watch.blind.map(\.from) == [World.at(1)])
    }

    // MARK: - What the ledger remembers

    private func recalled(_ names: [String], _ past: [Observation], judged: [Blindness] = []) -> World {
        var world = World(names)
        world.watch.recall(SightRecollection(past, judged: judged), now: World.at(0))
        #expect(world.step().isEmpty)
        return world
    }

    @Test func aBlindnessThatBeganBeforeTheRestartHasItsBeginning() {
        var world = recalled(
            ["4a", "4b"],
            [
                found("4b", -9, .up), found("4a", -8, .up), found("4old", -20, .down), found("4web", -3, .down),
                found("4a", -2, .down, took: 1),
            ])
        #expect("\(world.step(found("4b", 2, .down, took: 4)))" == "[ipv4 from -3.0]")
        #expect(world.watch.blind.first?.failures.map(\.since) == [World.at(-2), World.at(2)])
    }

    @Test func whoAnsweredBeforeTheRestartIsAReference() {
        var world = recalled(["4a", "4b"], [found("4a", -8, .up), found("4b", -100, .up), found("4b", -9, .down)])
        // Without a check: they have answered, and do not any more.
        #expect("\(world.step(found("4a", 1, .down)))" == "[ipv4 from 1.0]")
    }

    @Test func whoeverAnswersAfterTheRestartMakesItCount() {
        var world = recalled(["4a", "4b"], [found("4a", -9, .up), found("4b", -9, .up), found("4web", -3, .down)])
        #expect(world.step(found("4a", 1, .down), found("4b", 2, .up), found("4web", 3, .down)).isEmpty)
    }

    /// What was blind, and over, is not recorded a second time.
    @Test func aBlindnessOfThePastStaysInThePast() {
        var world = recalled(["4a"], [found("4a", -50, .up), found("4a", -40, .down), found("4a", -30, .up)])
        #expect(world.step(found("4a", 1, .up)).isEmpty)
    }

    @Test func whatAPersonHasJudgedStaysJudged() {
        let judged = Blindness(.ipv4, from: World.at(-20), failures: [])
        var world = recalled(["4a"], [found("4a", -30, .up), found("4a", -20, .down)], judged: [judged])
        #expect(world.step(found("4a", 1, .down), found("4web", 2, .down)).isEmpty)
        _ = world.step(found("4a", 10, .up))
        #expect("\(world.step(found("4a", 20, .down)))" == "[ipv4 from 20.0]")
        // One before the last answer is another matter.
        var later = recalled(["4a"], [found("4a", -30, .up), found("4a", -10, .up)], judged: [judged])
        #expect("\(later.step(found("4a", 1, .down)))" == "[ipv4 from 1.0]")
    }

    // MARK: - References in our own networks

    @Test func whoLiesInOurNetworksIsNone() {
        func own(_ second: Double) -> Observation {
            found("na", second, .unknown, cause: .misconfigured(.ownAddress("192.0.2.1")))
        }
        var world = World(["na", "4a"])
        _ = world.step(own(0), found("4a", 0, .up), own(1))
        #expect(world.watch.takeWarnings().count == 1)
        // 4a alone decides.
        #expect("\(world.step(own(9), found("4a", 10, .down)))" == "[ipv4 from 10.0]")
        #expect("\(world.step(own(11), found("4a", 20, .up)))" == "[ipv4 from 10.0 to 20.1]")
        // It leads elsewhere now.
        _ = world.step(found("na", 30, .up))
        #expect(world.step(found("4a", 40, .down)).isEmpty)
        #expect("\(world.step(found("na", 41, .down)))" == "[ipv4 from 40.0]")
    }

    @Test func whereAllLieInOurNetworksThereIsNone() {
        var world = World(["na"])
        let own = found("na", 0, .unknown, cause: .misconfigured(.ownAddress("192.0.2.1")))
        #expect(world.step(own, found("4web", 1, .down), found("xweb", 1, .down)).isEmpty)
        world.watch.hold("web", found("4web", 1, .down), now: clock(2))
        #expect(!world.watch.holds("web"))
    }
}
