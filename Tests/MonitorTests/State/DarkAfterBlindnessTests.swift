import SLA
import Testing

@testable import SLA

/// A data centre that is dark when the monitor sees again is one failure, whatever had failed in the blindness.
@Suite struct DarkAfterBlindnessTests {
    /// One incident, one `shared_failure`, and a handful of lines.
    private func expectOne(_ world: SightedWorld, _ services: Int) throws {
        #expect(try world.ledger.incidents().map(\.services.count) == [services])
        #expect(world.lines(.sharedFailure).count == 1)
        #expect(world.lines(.serviceDown).isEmpty)
        #expect(world.lines.count <= 12, "\(world.lines.map(\.event))")
    }

    //   references  U U U D D D D D D U U U U U U U
    //   services    U U U D D D D D D D D D D U U U
    @Test func itIsOneIncident() throws {
        var world = try SightedWorld(services: 18)
        try world.run(for: 10)
        world.answers = false
        try world.run(for: 30) { _ in true }
        #expect(world.lines.map(\.event) == [.measurementLost])
        world.answers = true
        try world.run(for: 30) { _ in true }
        try world.run(for: 20)
        try expectOne(world, 18)
        #expect(world.lines(.serviceUp).map { $0["services"] } == [.number(18)])
    }

    /// The void reaches back to the failures that completed the blindness, and to those before.
    @Test func itIsOneIncidentWhereItBeganJustBeforeTheBlindness() throws {
        var world = try SightedWorld(services: 18)
        try world.run(for: 10)
        try world.run(for: 1) { _ in true }
        world.answers = false
        try world.run(for: 30) { _ in true }
        world.answers = true
        try world.run(for: 30) { _ in true }
        try world.run(for: 20)
        try expectOne(world, 18)
    }

    @Test func aRestartInTheBlindnessChangesNothing() throws {
        var world = try SightedWorld(services: 18)
        try world.run(for: 10)
        world.answers = false
        try world.run(for: 20) { _ in true }
        try world.restart()
        try world.run(for: 10) { _ in true }
        world.answers = true
        try world.run(for: 30) { _ in true }
        try expectOne(world, 18)
    }

    /// What a void took is no reason to take one service that fails afterwards for many.
    @Test func whoFailsAloneAfterABlindnessIsHimself() throws {
        var world = try SightedWorld(services: 18)
        try world.run(for: 10)
        world.answers = false
        try world.run(for: 30) { _ in true }
        world.answers = true
        try world.run(for: 20) { $0 == 3 }
        #expect(world.lines(.sharedFailure).isEmpty)
        #expect(world.lines(.serviceDown).map(\.subject) == ["s103"])
    }
}
