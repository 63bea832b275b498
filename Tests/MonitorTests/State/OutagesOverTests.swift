import SLA
import Testing

@testable import SLA

/// An outage that counts is said, also where it is over before the references have answered; and for as long as it was.
@Suite struct OutagesOverTests {
    /// A world of which the references take `answering` s, and whose first service fails at 7.9 and 8.9 s: down from 7.9
    /// to 9.9.
    private func shortOutage(answering: Double, services: Int = 3, _ isDown: (Int) -> Bool) throws -> SightedWorld {
        var world = try SightedWorld(services: services)
        world.answering = answering
        try world.run(for: 7)
        try world.run(for: 2, down: isDown)
        return world
    }

    //   references  asked at 8.9, answer at 10.4
    //   s100        U D D U
    @Test func itIsSaidWithItsEndWhereItIsOverBeforeTheAnswer() throws {
        for answering in [0.1, 1.5] {
            var world = try shortOutage(answering: answering) { $0 == 0 }
            try world.run(for: 10)
            #expect(world.said == ["service_down s100 7.9", "service_up s100 9.9"], "\(answering)")
            #expect(world.lines(.serviceUp).first?["down_s"] == .seconds(2000))
            #expect(world.lines(.serviceDown).first?["cause"] == .cause(.connection(.refused)))
            #expect(world.lines(.serviceDown).first?["check"] == .text("default"))
            let incident = try #require(try world.ledger.incidents().first)
            #expect(incident.recoveredAt == SightedWorld.at(9.9) && incident.openedAt == SightedWorld.at(7.9))
            #expect(incident.services.map(\.cause) == [.connection(.refused)])
        }
    }

    @Test func aRestartAfterwardsSaysNothingAgain() throws {
        var world = try shortOutage(answering: 1.5) { $0 == 0 }
        try world.run(for: 5)
        try world.restart()
        try world.run(for: 10)
        #expect(world.said == ["service_down s100 7.9", "service_up s100 9.9"])
    }

    @Test func whatTheVoidTakesIsNotSaid() throws {
        var world = try shortOutage(answering: 1.5) { $0 == 0 }
        world.answers = false
        try world.run(for: 10)
        #expect(world.said.isEmpty)
        #expect(try world.ledger.incidents().isEmpty)
        #expect(world.lines.map(\.event) == [.measurementLost])
    }

    @Test func ofMostAtOnceItIsOneIncident() throws {
        var world = try SightedWorld(services: 18)
        world.answering = 2.5
        try world.run(for: 10)
        try world.run(for: 2.5) { _ in true }
        try world.run(for: 20)
        #expect(try world.ledger.incidents().map(\.services.count) == [18])
        #expect(world.lines(.sharedFailure).count == 1)
        #expect(world.lines.count <= 8, "\(world.said)")
    }

    // MARK: - How long it was

    @Test func blindTimeInItIsNotDown() throws {
        for isRestarted in [false, true] {
            var world = try SightedWorld(services: 3)
            try world.run(for: 7)
            try world.run(for: 20) { $0 == 0 }
            world.answers = false
            try world.run(for: 15) { $0 == 0 }
            world.answers = true
            if isRestarted { try world.restart() }
            try world.run(for: 20) { $0 == 0 }
            try world.run(for: 10)
            let down = world.down("s100")
            #expect(world.said.count == 2 && (36_000...42_000).contains(down), "\(world.said), \(down)")
            #expect(world.lines(.serviceUp).first?["down_s"] == .seconds(down))
        }
    }

    @Test func whatAPersonVoidsInItIsNotDown() throws {
        var world = try SightedWorld(services: 3)
        try world.run(for: 7)
        try world.run(for: 15) { $0 == 0 }
        world.void(from: 10, to: 18)
        try world.run(for: 5) { $0 == 0 }
        try world.run(for: 10)
        let down = world.down("s100")
        #expect(down < 16_000 && world.lines(.serviceUp).first?["down_s"] == .seconds(down), "\(world.said)")
    }
}
