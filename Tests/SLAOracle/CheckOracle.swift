import SLA

/// Semantics §3.1 and §3.3 for one check: each pass by itself, and together tick by tick.
package struct CheckOracle {
    private let passes: [PassOracle]

    /// What a tick is, as measured and at the bounds.
    package struct View: Equatable {
        package var state: State
        package var isDownAtShortest = false
        package var longest: State

        package static let uncovered = View(state: .unmeasured, longest: .unmeasured)
    }

    package enum State: Equatable { case up, down, unmeasured }

    /// A time in which samples leave the series.
    package struct Void {
        package let from: Int64
        package let to: Int64
        /// The family that it takes; nil for all.
        package let family: IPFamily?

        func takes(_ sample: Sample) -> Bool { family == nil || family == sample.family }
    }

    /// The samples of `watch`, called `name`, that exist in `world`.
    package init(_ watch: World.Watch, called name: String, in world: World) {
        let known = watch.samples.filter { $0.at.milliseconds <= world.asOf }
        let voids = world.corrections.filter { $0.kind == .void && world.applies($0) }.flatMap { correction in
            correction.scope.compactMap { term -> Void? in
                let (from, to) = (correction.interval.start.milliseconds, correction.interval.end.milliseconds)
                switch term.text {
                case "all", "service:web", "customer:acme", "group:rack-3", "check:web/\(name)":
                    return Void(from: from, to: to, family: nil)
                case "family:ipv4": return Void(from: from, to: to, family: .ipv4)
                case "family:ipv6": return Void(from: from, to: to, family: .ipv6)
                default: return nil
                }
            }
        }
        passes = Set(known.map(\.pass)).sorted().map { pass in
            PassOracle(
                known.filter { $0.pass == pass }, of: watch, voids: voids, end: watch.ends[pass])
        }
    }

    /// What each of the ticks that begin at `start`, `start + tick`, … before `end` is: down where any pass says so,
    /// else unmeasured where any does, else up; unmeasured where none says anything.
    package func views(from start: Int64, to end: Int64, tick: Int64) -> [View] {
        let all = passes.map { $0.views(from: start, to: end, tick: tick) }
        return (0..<max(0, Int((end - start + tick - 1) / tick))).map { index in
            let said = all.compactMap { $0[index] }
            return View(
                state: Self.worst(said.map(\.state)), isDownAtShortest: said.contains { $0.isDownAtShortest },
                longest: Self.worst(said.map(\.longest)))
        }
    }

    private static func worst(_ states: [State]) -> State {
        states.contains(.down) ? .down : states.contains(.unmeasured) || states.isEmpty ? .unmeasured : .up
    }

    /// When each transient begins.
    package var transients: [Int64] { passes.flatMap(\.transients) }
}

extension World {
    /// Whether `correction` is known at `as_of`, stands then, and rests on something.
    func applies(_ correction: Correction) -> Bool {
        if let recorded = correction.recordedAt, recorded.milliseconds > asOf { return false }
        if let revoked = correction.revocation?.at, revoked.milliseconds <= asOf { return false }
        return correction.recordedBy == "availd" || correction.evidence != ""
    }

    /// Whether the service is down at `at` since somebody recorded so.
    func isRecordedDown(at: Int64) -> Bool {
        corrections.contains { correction in
            correction.kind == .downtime && applies(correction)
                && correction.scope.contains {
                    ["all", "service:web", "customer:acme", "group:rack-3"].contains($0.text)
                }
                && correction.interval.start.milliseconds <= at && at < correction.interval.end.milliseconds
        }
    }
}
