import SLA
import SLAOracle
import Testing

@testable import SLA

/// Random darkness of all, of some and of one, in sight and in blindness, with restarts and people who resolve: whatever
/// comes, each fall is said once, and so is each end.
@Suite struct SharedHistoriesTests {
    @Test(arguments: 0..<8 as Range<UInt64>) func everyFallIsSaid(block: UInt64) throws {
        var darknesses = 0
        for seed in 0..<6 as Range<UInt64> {
            var generator = SplitMix64(seed: 100 * block + seed)
            var world = try SightedWorld(
                services: Int(generator.number(4...18)), confirm: Int(generator.number(1...3)),
                isSeeing: !generator.once(in: 4))
            try world.run(for: 10)
            for _ in 0..<14 { try Self.step(&world, &generator) }
            world.answers = true
            try world.run(for: 25)
            darknesses += world.lines(.sharedFailure).count
            let broken = Self.brokenPromises(world)
            #expect(broken.isEmpty, "block \(block), seed \(seed)")
        }
        #expect(darknesses > 6)
    }

    private static func step(_ world: inout SightedWorld, _ generator: inout SplitMix64) throws {
        world.answers = !generator.once(in: 5)
        world.answering = generator.pick([0.1, 0.1, 1.5, 4])
        let (divisor, which) = (Int(generator.pick([1, 1, 1, 2, 3, 100])), Int(generator.number(0...2)))
        let isDark = generator.once(in: 2)
        try world.run(for: Double(generator.number(1...40)) / 2) { isDark && $0 % divisor == which % divisor }
        if generator.once(in: 6), let open = try world.ledger.incidents().first(where: \.isOpen) {
            world.resolve(open.number)
        }
        if generator.once(in: 3) { try world.restart() }
    }

    /// What is wrong, each in a sentence.
    private static func brokenPromises(_ world: SightedWorld) -> [String] {
        var broken: [String] = world.unsaid.map { "unsaid: \($0.value.event) \($0.value.subject)" }
        // Since when each service is said to be up: the place of its last `service_up` among the alerts.
        var upAt: [String: Int] = [:]
        var isDown: Set<String> = []
        let alerts = world.ledger.alerts
        for (place, alert) in alerts.enumerated() {
            switch alert.event {
            case .serviceDown:
                if !isDown.insert(alert.subject).inserted { broken.append("down twice: \(alert.subject)") }
                guard alert.isSaidBySharedFailure else { continue }
                let since = upAt[alert.subject].map { $0 + 1 } ?? 0
                let isSaid = alerts[since...].contains { $0.event == .sharedFailure && $0.at <= alert.at }
                if !isSaid { broken.append("silent: \(alert.subject) at \(alert.at - SightedWorld.start) ms") }
            case .serviceUp:
                if isDown.remove(alert.subject) == nil { broken.append("up twice: \(alert.subject)") }
                upAt[alert.subject] = place
            default: break
            }
        }
        return broken + isDown.sorted().map { "still down: \($0)" }
    }
}
