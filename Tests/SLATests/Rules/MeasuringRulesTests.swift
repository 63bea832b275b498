import SLAOracle
import Testing

@testable import SLA

/// How a service is measured, since when (semantics §3.2).
@Suite struct MeasuringRulesTests {
    private static let calendar = CivilCalendar(zone: .utc)

    private static func check(_ id: String = "web", confirm: Int = 2) -> Check {
        Check(id: id, confirm: confirm, probe: .unrecorded)
    }

    private static func change(
        at: Int64, from: Int64? = nil, mode: CheckMode = .all, customer: String = "acme", _ check: Check?,
        of id: String = "web"
    ) -> RuleChange {
        RuleChange(
            service: "web", checkID: id, knownAt: t(at), from: from.map(t), by: "mai", customer: customer, mode: mode,
            check: check)
    }

    private static func rules(_ changes: [RuleChange], asOf: Int64 = 100) throws -> MeasuringRules {
        try #require(MeasuringRules(changes, asOf: t(asOf), calendar: calendar))
    }

    /// How many failures confirm an outage, from each instant on.
    private static func confirms(_ rules: MeasuringRules) -> [String] {
        rules.steps.map { step in
            let from = step.from == .distantPast ? "" : "\(step.from.milliseconds)"
            return "\(from) \(step.checks.map { "\($0.id) \($0.confirm)" }.joined(separator: " ")) \(step.mode)"
        }
    }

    @Test func theFirstCountsForAllTimeBefore() throws {
        let rules = try Self.rules([Self.change(at: 10, Self.check()), Self.change(at: 20, Self.check(confirm: 3))])
        #expect(Self.confirms(rules) == [" web 2 all", "20 web 3 all"])
        #expect(rules.step(at: t(-5)).checks == [Self.check()])
        #expect(rules.step(at: t(19)).checks == [Self.check()])
        #expect(rules.step(at: t(20)).checks == [Self.check(confirm: 3)])
    }

    /// What becomes known later does not exist before, but for the very first.
    @Test func whatIsNotKnownYetDoesNotExist() throws {
        let changes = [Self.change(at: 10, Self.check()), Self.change(at: 20, Self.check(confirm: 3))]
        #expect(Self.confirms(try Self.rules(changes, asOf: 19)) == [" web 2 all"])
        #expect(Self.confirms(try Self.rules(changes, asOf: 5)) == [" web 2 all"])
        #expect(MeasuringRules([], asOf: t(9), calendar: Self.calendar) == nil)
    }

    /// A correction holds until what it corrects next changed, and nothing else of that.
    @Test func aCorrectionHoldsUntilWhatItCorrectsNextChanged() throws {
        let recorded = [
            Self.change(at: 10, Self.check()), Self.change(at: 20, mode: .any, Self.check()),
            Self.change(at: 30, mode: .any, Self.check(confirm: 5)),
        ]
        let correction = Self.change(at: 50, from: 15, Self.check(confirm: 3))
        #expect(
            Self.confirms(try Self.rules(recorded + [correction]))
                == [" web 2 all", "15 web 3 all", "20 web 3 any", "30 web 5 any"])
        // Not known yet.
        #expect(
            Self.confirms(try Self.rules(recorded + [correction], asOf: 49))
                == [" web 2 all", "20 web 2 any", "30 web 5 any"])
        // What became known later stands over what did earlier.
        let later = Self.change(at: 60, from: 18, Self.check(confirm: 4))
        #expect(
            Self.confirms(try Self.rules(recorded + [correction, later]))
                == [" web 2 all", "15 web 3 all", "18 web 4 all", "20 web 4 any", "30 web 5 any"])
    }

    @Test func aCheckThatHadLeftIsNoPartUntilItCameBack() throws {
        let recorded = [
            Self.change(at: 10, Self.check()), Self.change(at: 10, Self.check("smtp"), of: "smtp"),
            Self.change(at: 40, Self.check("smtp", confirm: 4), of: "smtp"),
        ]
        let left = Self.change(at: 50, from: 20, nil, of: "smtp")
        let rules = try Self.rules(recorded + [left])
        #expect(Self.confirms(rules) == [" web 2 smtp 2 all", "20 web 2 all", "40 web 2 smtp 4 all"])
        #expect(rules.rules(of: "smtp").stints.map(\.interval.start) == [.distantPast, t(40)])
        #expect(rules.checks(from: t(90)) == ["web", "smtp"])
    }

    /// `step` with its checks by their identifiers.
    private static func inOrder(_ step: MeasuringRules.Step) -> MeasuringRules.Step {
        var step = step
        step.checks.sort { $0.id < $1.id }
        return step
    }

    /// The rows that are listed make the same rules again.
    @Test func whatIsListedMakesTheSameRules() throws {
        var random = RandomWorld(generator: SplitMix64(seed: 20_261_126), shape: .milliseconds)
        for _ in 1...300 {
            let world = random.next()
            guard let past = world.service.past, !past.isConstant else { continue }
            let first = past.steps[1].from - 100
            let changes = past.changes(of: "web") { at in (at == .distantPast ? first : at, "mai") }
            let calendar = CivilCalendar(zone: world.zone.rules)
            guard past.steps.allSatisfy({ !$0.checks.isEmpty }) else { continue }
            let again = try #require(MeasuringRules(changes, asOf: .distantFuture, calendar: calendar))
            #expect(again.steps.map(Self.inOrder) == past.steps.map(Self.inOrder), "\(world)")
        }
    }
}
