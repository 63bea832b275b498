import SLA
import Testing

@testable import SLA

/// A failure of most targets at once is one incident, whoever falls first and whenever the monitor is killed.
@Suite struct SharedRestartTests {
    private func expectOne(_ world: SightedWorld) throws {
        #expect(try world.ledger.incidents().map(\.services.count) == [18])
        #expect(world.lines(.sharedFailure).map { $0["incident"] } == [.text("I1")])
    }

    /// Wherever it comes: before the first confirmation, at it, and after it.
    @Test(arguments: 1...14) func aKillInTheMiddleOfIt(halves: Int) throws {
        var world = try SightedWorld(services: 18)
        try world.run(for: 10)
        try world.run(for: Double(halves) / 2) { _ in true }
        try world.restart()
        try world.run(for: 30) { _ in true }
        try expectOne(world)
        #expect(world.lines(.serviceDown).isEmpty)
        #expect(world.lines(.sharedFailure).first?["cause"] != nil)
    }

    /// Who is known to be down alone was the first of them.
    @Test func whoFellAloneJustBeforeIsPartOfIt() throws {
        var world = try SightedWorld(services: 18)
        try world.run(for: 9.5)
        try world.run(for: 3) { $0 == 0 }
        #expect(world.said.count == 1)
        try world.run(for: 20) { _ in true }
        try expectOne(world)
        #expect(world.lines(.serviceDown).count == 1)
    }

    /// Those that stand are known after a restart as well.
    @Test func aFewAmongManyAreThemselvesAfterARestart() throws {
        var world = try SightedWorld(services: 18)
        try world.run(for: 10)
        try world.run(for: 1) { $0 < 3 }
        try world.restart()
        try world.run(for: 20) { $0 < 3 }
        #expect(world.lines(.sharedFailure).isEmpty)
        #expect(world.lines(.serviceDown).count == 3)
    }
}
