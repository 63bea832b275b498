import SLA
import Testing

@testable import SLA

/// When the monitor is blind, from when to when, and for what (semantics §10).
@Suite struct SightWatchTests {
    private typealias World = SightWorld

    private func found(
        _ name: String, _ second: Double, _ state: SampleState, took: Double = 0.1, cause: Cause? = nil
    ) -> Observation {
        World.found(name, second, state, took: took, cause: cause)
    }

    //   4a  U----------D---------U
    //   4b  U------------D---------
    //   web       D
    @Test func aFamilyIsBlindOnceEveryReferenceFailsAndUntilTheFirstAnswers() {
        var world = World(["4a", "4b"])
        #expect(world.step(found("4a", 0, .up), found("4b", 1, .up)).isEmpty)
        #expect(world.step(found("4web", 5, .down, took: 4)).isEmpty)
        #expect(world.step(found("4a", 10, .down, took: 4)).isEmpty)
        #expect(world.watch.blind.isEmpty)
        #expect("\(world.step(found("4b", 11, .unknown, took: 4)))" == "[ipv4 from 5.0]")
        #expect(world.watch.blind.first?.failures.map(\.reference) == ["tcp://4a:1", "tcp://4b:1"])
        // What checks find decides nothing.
        #expect(world.step(found("4web", 18, .up)).isEmpty)
        #expect("\(world.step(found("4b", 20, .down), found("4a", 21, .up)))" == "[ipv4 from 5.0 to 21.1]")
        #expect(world.watch.blind.isEmpty)
    }

    @Test func oneReferenceThatAnswersIsEnough() {
        var world = World(["4a", "4b", "4c"])
        _ = world.step(found("4a", 0, .up), found("4b", 0, .up), found("4c", 0, .up))
        for second in stride(from: 10.0, to: 100, by: 10) {
            let changes = world.step(
                found("4web", second, .down), found("4a", second, .down), found("4b", second, .down),
                found("4c", second + 1, .up))
            #expect(changes.isEmpty)
        }
    }

    @Test func whoHasNeverAnsweredIsNoneWhereOthersHave() {
        var world = World(["4a", "4b"])
        #expect(world.step(found("4a", 0, .up), found("4b", 1, .down), found("4web", 2, .down)).isEmpty)
        // 4b is none: 4a alone decides.
        #expect(world.step(found("4a", 10, .up)).isEmpty)
        #expect("\(world.step(found("4a", 20, .down)))" == "[ipv4 from 20.0]")
    }

    @Test func withoutReferencesNothingIsBlind() {
        var world = World([])
        #expect(world.step(found("4web", 0, .down), found("6web", 0, .down), found("xweb", 0, .down)).isEmpty)
    }

    /// A failure that was under way while a reference answered may be our own; one that had ended before is not.
    @Test func itBeginsWithTheFirstFailureThatNoAnswerCanExplain() {
        var world = World(["4a"])
        _ = world.step(found("4a", 0, .up), found("4old", 1, .down, took: 1), found("4web", 3, .down, took: 4))
        _ = world.step(found("4a", 5, .up))
        #expect("\(world.step(found("4a", 10, .down)))" == "[ipv4 from 3.0]")
    }

    /// Also where a failure was known before it that began and ended later: one that was refused at once, say, of which
    /// the probe says that it waited.
    @Test func whatAnAnswerHasClearedStaysOutOfIt() {
        var world = World(["4a"])
        _ = world.step(found("4a", 0, .up), found("4later", 4, .down, took: 6))
        _ = world.step(found("4early", 3, .down, took: 2))
        _ = world.step(found("4a", 6, .up))
        #expect("\(world.step(found("4a", 10, .down)))" == "[ipv4 from 4.0]")
    }

    /// No earlier than 2 × 10 s + 4 s before the failure that completed the set.
    @Test func itDoesNotReachBackForEver() {
        var world = World(["4a"])
        _ = world.step(found("4a", 0, .up), found("4web", 1, .down))
        #expect("\(world.step(found("4a", 100, .down)))" == "[ipv4 from 76.0]")
    }

    @Test func whatWasUnderWayMovesTheBeginningOfAnOpenVoid() {
        var world = World(["4a"])
        _ = world.step(found("4a", 0, .up))
        #expect("\(world.step(found("4a", 20, .down)))" == "[ipv4 from 20.0]")
        #expect(world.step(found("4early", 15, .down, took: 10)).description == "[ipv4 from 15.0]")
        #expect(world.step(found("4later", 17, .down, took: 10)).isEmpty)
        #expect("\(world.step(found("4a", 30, .up)))" == "[ipv4 from 15.0 to 30.1]")
    }

    /// What was asked with the question that was answered at last may have been lost: the answer came by a repetition.
    @Test func itEndsWhenTheAnswerComesNotWhenItIsAskedFor() {
        for isFoundLater in [false, true] {
            var world = World(["4a", "4b"])
            _ = world.step(found("4a", 0, .up), found("4b", 0, .up))
            let lost = [found("4a", 10, .down), found("4b", 11, .down, took: 4)]
            let answer = found("4a", 16, .up, took: 1.5004)
            let changes =
                isFoundLater
                ? world.step(lost[0], lost[1], answer)
                : world.step(lost[0], lost[1]) + world.step(answer)
            #expect(changes.last?.description == "ipv4 from 10.0 to 17.501")
        }
    }

    /// A name that has led somewhere has done so before anybody answered there, or did not.
    @Test func aNameIsSeenWhenItLeadsSomewhere() {
        var world = World(["na"])
        _ = world.step(found("na", 0, .up))
        _ = world.step(found("na", 10, .down, cause: World.noName))
        var resolved = found("na", 20, .down, took: 4)
        resolved.phases.name = 250_000
        #expect("\(world.step(resolved))" == "[names from 10.0 to 20.25]")
    }

    @Test func aFamilyIsBlindByItself() {
        var world = World(["4a", "6a"])
        _ = world.step(found("4a", 0, .up), found("6a", 0, .up))
        let changes = world.step(found("4a", 10, .up), found("6web", 9, .down), found("6a", 10, .down))
        #expect("\(changes)" == "[ipv6 from 9.0]")
        #expect("\(world.step(found("6a", 20, .up)))" == "[ipv6 from 9.0 to 20.1]")
    }

    // MARK: - Names

    @Test func oneNameThatFailsIsItsOwnFault() {
        var world = World(["na", "nb"])
        _ = world.step(found("na", 0, .up), found("nb", 0, .up))
        #expect(world.step(found("xweb", 5, .down), found("na", 10, .up)).isEmpty)
        #expect(world.step(found("xweb", 15, .down), found("nb", 20, .down, cause: World.noName)).isEmpty)
    }

    @Test func namesAreBlindWhileEveryReferenceNameFails() {
        var world = World(["na", "nb", "4a"])
        _ = world.step(found("na", 0, .up), found("nb", 0, .up), found("4a", 0, .up))
        let changes = world.step(
            found("xweb", 5, .down), found("4a", 9, .up), found("na", 10, .down, cause: World.noName),
            found("nb", 11, .down, cause: World.noName))
        #expect("\(changes)" == "[names from 5.0]")
        // It leads somewhere again, though nobody answers there.
        #expect("\(world.step(found("na", 20, .down)))" == "[names from 5.0 to 20.1]")
    }

    // MARK: - Restarts, reloads and failures to commit

    @Test func aBlindnessGoesOnAfterARestart() {
        let open = Blindness(.ipv4, from: World.at(-30), failures: [])
        var world = World(["4a", "4b"], resuming: [open])
        #expect(world.step(found("4a", 1, .down), found("4web", 2, .down)).isEmpty)
        #expect(world.watch.blind == [open])
        #expect("\(world.step(found("4b", 3, .up)))" == "[ipv4 from -30.0 to 3.1]")
    }

    @Test func aBlindnessEndsWhereNobodyIsLeftToEndIt() {
        var world = World(["4a"], resuming: [Blindness(.ipv4, from: World.at(-30), failures: [])])
        world.watch.follow([], now: World.at(7))
        #expect("\(world.step())" == "[ipv4 from -30.0 to 7.0]")
    }

    @Test func whatWasNotKeptIsSaidAgain() {
        var world = World(["4a"])
        _ = world.step(found("4a", 0, .up))
        let before = world.watch
        world.watch.observe([found("4a", 10, .down)], now: World.at(10))
        #expect(world.watch.takeChanges().count == 1)
        world.watch.revert()
        #expect(world.watch == before)
        #expect("\(world.step(found("4a", 10, .down)))" == "[ipv4 from 10.0]")
    }

    /// A void lies on one side of a step of the clock.
    @Test func aStepOfTheClockDividesTheVoid() {
        var world = World(["4a"])
        _ = world.step(found("4a", 1000, .up))
        #expect("\(world.step(found("4a", 1010, .down, took: 4)))" == "[ipv4 from 1010.0]")
        world.watch.clockStepped(to: World.at(20))
        #expect("\(world.step())" == "[ipv4 from 1010.0 to 1014.0, ipv4 from 20.0]")
        #expect("\(world.step(found("4a", 30, .up)))" == "[ipv4 from 20.0 to 30.1]")
    }

    @Test func whatAStopCutsOffSaysNothing() {
        var world = World(["4a"])
        _ = world.step(found("4a", 0, .up))
        #expect(world.step(found("4a", 10, .unknown, cause: .monitorStopping)).isEmpty)
    }
}
