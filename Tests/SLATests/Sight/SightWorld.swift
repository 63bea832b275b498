import SLA

@testable import SLA

/// References and checks whose probes a test ends as it likes; instants are seconds.
struct SightWorld {
    static let start: Int64 = 1_790_812_800_000
    static let interval: Milliseconds = 10_000
    static let timeout: Milliseconds = 4000

    var watch: SightWatch
    let references: [Reference]

    /// A watch of references called by `names`: `4a` is an address of IPv4, `6a` one of IPv6, `na` a name over IPv4.
    init(_ names: [String], resuming blind: [Blindness] = []) {
        watch = SightWatch(resuming: blind)
        references = names.map(Self.reference)
        watch.follow(references, now: Self.at(0))
    }

    static func at(_ second: Double) -> Instant { Instant(milliseconds: start + Int64(second * 1000)) }

    static func reference(_ name: String) -> Reference {
        let check = Check(
            interval: interval, timeout: timeout, retryInterval: 2000,
            probe: ProbeSpecification(url: "tcp://\(name):1", scheme: .tcp, host: name, port: 1))
        return Reference(check, family: name.hasPrefix("6") ? .ipv6 : .ipv4, isNamed: name.hasPrefix("n"))
    }

    /// What a probe of `name` found that began at `second` and took `length` s. A check is called otherwise than by the
    /// names of ``init(_:resuming:)``; its family is that of its first character, and `x` has no address.
    static func found(
        _ name: String, _ second: Double, _ state: SampleState, took length: Double = 0.1, cause: Cause? = nil
    ) -> Observation {
        let isReference = name.count == 2
        let address = name.hasPrefix("6") ? "2001:db8::1" : "192.0.2.1"
        let lacksName = cause == noName || name.hasPrefix("x")
        return Observation(
            check: isReference ? reference(name).id : CheckID(service: name, check: "default"),
            sample: Sample(at: at(second), state: state), phases: ProbePhases(total: Int64(length * 1_000_000)),
            address: lacksName ? nil : address,
            cause: state == .up ? nil : cause ?? (lacksName ? Self.noName : .timeout(timeout, while: .connecting)))
    }

    static let noName = Cause.name(host: Excerpt("h.example"), lacks: .existence)

    /// Feeds `observations` as one step, and says what became of sight.
    mutating func step(_ observations: Observation...) -> [SightChange] {
        let sorted = observations.sorted { $0.sample.at < $1.sample.at }
        watch.observe(sorted, now: sorted.last?.endedAt ?? Self.at(0))
        let changes = watch.takeChanges()
        watch.commit()
        return changes
    }
}

extension SightChange: CustomStringConvertible {
    /// `ipv4 from 3.0`, or `ipv4 from 3.0 to 9.0`.
    public var description: String {
        func second(_ instant: Instant) -> String { "\(Double(instant.milliseconds - SightWorld.start) / 1000)" }
        return switch self {
        case .lost(let blindness, _): "\(blindness.domain) from \(second(blindness.from))"
        case .restored(let blindness, let until, _):
            "\(blindness.domain) from \(second(blindness.from)) to \(second(until))"
        }
    }
}
