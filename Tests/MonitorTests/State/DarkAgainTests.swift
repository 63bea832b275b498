import SLA
import Testing

@testable import SLA

/// A data centre that goes dark, is up, and goes dark again: each darkness has its line, its incident and its end.
@Suite struct DarkAgainTests {
    private func world() throws -> SightedWorld {
        var world = try SightedWorld(services: 18)
        try world.run(for: 10)
        return world
    }

    /// As often as `incidents` says there was a darkness, each in the incident named; nobody had lines of its own.
    private func expect(
        _ world: SightedWorld, _ incidents: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let expected = incidents.map { AlertValue.text($0) }
        #expect(world.lines(.sharedFailure).map { $0["incident"] } == expected, sourceLocation: sourceLocation)
        #expect(world.lines(.serviceDown).isEmpty, sourceLocation: sourceLocation)
        #expect(world.lines(.serviceUp).map { $0["incident"] } == expected, sourceLocation: sourceLocation)
        #expect(
            world.lines(.serviceUp).map { $0["services"] } == incidents.map { _ in .number(18) },
            sourceLocation: sourceLocation)
    }

    /// Within five minutes of the first, and after.
    @Test(arguments: [10.0, 60, 310]) func itIsSaidAgain(afterwards: Double) throws {
        for (isResolved, isRestarted) in [(false, false), (false, true), (true, false), (true, true)] {
            var world = try world()
            try world.run(for: 20) { _ in true }
            try world.run(for: afterwards)
            if isResolved { world.resolve(1) }
            if isRestarted { try world.restart() }
            try world.run(for: 20) { _ in true }
            try world.run(for: 15)
            expect(world, ["I1", isResolved ? "I2" : "I1"])
            let incidents = try world.ledger.incidents()
            #expect(incidents.map(\.services.count) == (isResolved ? [18, 18] : [18]))
            #expect(incidents.allSatisfy { $0.recoveredAt != nil || !$0.isOpen })
        }
    }

    /// Those that had been up fall again, while the others never were.
    @Test(arguments: [8.0, 20]) func halfOfItComesBackAndFallsAgain(up: Double) throws {
        var world = try world()
        try world.run(for: 20) { _ in true }
        try world.run(for: up) { $0 % 2 == 0 }
        try world.run(for: 20) { _ in true }
        try world.run(for: 15)
        #expect(world.lines(.sharedFailure).map { $0["incident"] } == [.text("I1"), .text("I1")])
        #expect(world.lines(.sharedFailure).last?["targets_down"] == .number(9))
        #expect(world.lines(.serviceDown).isEmpty)
        #expect(world.lines(.serviceUp).map { $0["services"] } == [.number(9), .number(18)])
        #expect(try world.ledger.incidents().map(\.services.count) == [18])
    }

    /// One that was up and falls by itself is said, also within five minutes and while the others are still down.
    @Test func whoFallsAgainAloneIsSaid() throws {
        var world = try world()
        try world.run(for: 20) { _ in true }
        try world.run(for: 15) { $0 != 3 }
        try world.run(for: 15) { _ in true }
        #expect(world.lines(.sharedFailure).count == 1)
        #expect(world.said.filter { $0.hasPrefix("service_down") }.count == 1)
        #expect(world.lines(.serviceDown).first?["incident"] == .text("I1"))
    }

    /// Also the one who fell before them.
    @Test func whoFellFirstAndFallsAgainIsSaid() throws {
        var world = try SightedWorld(services: 18)
        try world.run(for: 9.5)
        try world.run(for: 3) { $0 == 0 }
        try world.run(for: 15) { _ in true }
        try world.run(for: 10) { $0 != 0 }
        try world.run(for: 10) { _ in true }
        #expect(world.lines(.sharedFailure).count == 1)
        #expect(world.lines(.serviceDown).map(\.subject) == ["s100", "s100"])
        #expect(world.said.filter { $0.hasPrefix("service_up") }.count == 1)
    }

    /// Who falls for the first time while the others are down is part of it.
    @Test func stragglersArePartOfIt() throws {
        var world = try world()
        try world.run(for: 30) { $0 != 17 }
        try world.run(for: 20) { _ in true }
        try world.run(for: 15)
        expect(world, ["I1"])
    }

    /// The monitor is killed when the second has begun.
    @Test(arguments: 1...10) func aKillInTheSecond(halves: Int) throws {
        var world = try world()
        try world.run(for: 20) { _ in true }
        try world.run(for: 30)
        try world.run(for: Double(halves) / 2) { _ in true }
        try world.restart()
        try world.run(for: 20) { _ in true }
        try world.run(for: 15)
        expect(world, ["I1", "I1"])
    }

    /// A kill in the seconds in which its end is gathered loses nothing of it.
    @Test(arguments: 1...10) func aKillAtItsEnd(halves: Int) throws {
        var world = try world()
        try world.run(for: 20) { _ in true }
        try world.run(for: Double(halves) / 2)
        try world.restart()
        try world.run(for: 15)
        expect(world, ["I1"])
    }

    // MARK: - What may be the monitor's own

    /// One is down; the others fail in a blindness that is not known yet when its wait for the references is over.
    @Test func aBlindnessThatBeginsIsNoFailureOfMost() throws {
        var world = try world()
        try world.run(for: 1.5) { $0 == 1 }
        world.answers = false
        world.answering = 4
        try world.run(for: 20) { _ in true }
        #expect(world.lines.contains { $0.event == .measurementLost })
        #expect(world.lines(.sharedFailure).isEmpty)
        #expect(world.lines(.serviceDown).map(\.subject) == ["s101"])
    }

    //   references  D D D D .....U        asked for, answered 2 s later
    //   services    D D D D D D D D U
    @Test(arguments: [1, 2]) func whatFailedBeforeTheAnswerCameIsOurs(confirm: Int) throws {
        var world = try SightedWorld(services: 18, confirm: confirm)
        try world.run(for: 10)
        for _ in 0..<4 {
            world.answers = false
            world.answering = 0.1
            try world.run(for: 20) { _ in true }
            world.answers = true
            world.answering = 2
            try world.run(for: 2) { _ in true }
            try world.run(for: 3)
        }
        try world.run(for: 15)
        #expect(world.said.isEmpty && world.lines(.sharedFailure).isEmpty, "\(world.lines.map(\.event))")
        let down = world.down("s100")
        #expect(down == 0)
    }
}
