import SLA
import Testing

@testable import SLA

/// Nobody is said to be down before the references have said whether the monitor sees, and nobody waits for ever.
@Suite struct HeldFallsTests {
    private typealias World = SightWorld

    private func clock(_ second: Double) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: UInt64(second * 1_000_000_000))
    }

    private func world(_ references: [String] = ["4a", "4b"]) -> World {
        var world = World(references)
        for name in references { _ = world.step(World.found(name, 0, .up)) }
        return world
    }

    @Test func aFallWaitsForAnAnswerToAQuestionThatWasAskedAfterIt() {
        var world = world()
        world.watch.hold("web", World.found("4web", 5, .down, took: 2), now: clock(7))
        #expect(world.watch.holds("web"))
        _ = world.step(World.found("4a", 6, .up))
        #expect(world.watch.release(now: clock(7)).isEmpty)
        _ = world.step(World.found("4b", 7, .up))
        #expect(world.watch.release(now: clock(8)) == ["web"])
        #expect(!world.watch.holds("web"))
    }

    /// In the step that finds the blindness the void is not yet known to those who count.
    @Test func whoFellInBlindnessIsLookedAtOnceTheVoidIsKnown() {
        var world = world()
        world.watch.hold("web", World.found("4web", 5, .down), now: clock(6))
        _ = world.step(World.found("4a", 6, .down), World.found("4b", 6, .down))
        #expect(world.watch.release(now: clock(7)).isEmpty)
        _ = world.step()
        #expect(world.watch.release(now: clock(7.5)) == ["web"])
    }

    @Test func nobodyWaitsLongerThanTheReferencesTimeout() {
        var world = world()
        world.watch.hold("web", World.found("4web", 5, .down), now: clock(6))
        world.watch.hold("web", World.found("4web", 8, .down), now: clock(9))
        #expect(world.watch.release(now: clock(10.9)).isEmpty)
        #expect(world.watch.release(now: clock(11)) == ["web"])
    }

    @Test func nobodyWaitsForWhoCannotTell() {
        var world = world(["4a"])
        world.watch.hold("six", World.found("6web", 5, .down), now: clock(6))
        world.watch.hold("name", World.found("xweb", 5, .down), now: clock(6))
        #expect(!world.watch.holds("six") && !world.watch.holds("name"))
        var none = World([])
        none.watch.hold("web", World.found("4web", 5, .down), now: clock(6))
        #expect(!none.watch.holds("web"))
    }

    @Test func aCommitThatFailsLetsNobodyGo() {
        var world = world()
        world.watch.hold("web", World.found("4web", 5, .down), now: clock(6))
        world.watch.commit()
        let before = world.watch
        #expect(world.watch.release(now: clock(20)) == ["web"])
        world.watch.revert()
        #expect(world.watch == before)
        #expect(world.watch.holds("web"))
    }
}
