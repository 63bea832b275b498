/// What the corrections that are in force say of one service: what its timeline is built with (semantics §3.3).
public struct ServiceCorrections: Hashable, Sendable {
    /// The time in which samples leave the series, by the check's identifier; those without are left out.
    public private(set) var voids: [String: SampleVoids] = [:]
    /// The time in which the service was down, whatever samples and voids say.
    public private(set) var downtime = IntervalSet.empty

    /// Nothing was corrected.
    public init() {}

    /// What those of `corrections` say of `service` that are known at `asOf` and admitted.
    public init(_ corrections: some Sequence<Correction>, of service: Service, asOf: Instant) {
        self.init(corrections.lazy.filter { $0.isInForce(asOf: asOf) && $0.refusal == nil }, of: service)
    }

    /// What `corrections` say of `service`, each of which is applied.
    init(_ corrections: some Sequence<Correction>, of service: Service) {
        var taken: [String: [SampleVoids.Entry]] = [:]
        var down: [Interval] = []
        for correction in corrections {
            for term in correction.scope where term.concerns(service) {
                let time = service.time(of: term).intersection(correction.interval).intervals
                switch correction.kind {
                case .downtime: down += time
                case .void:
                    let (checks, part) = Self.part(of: service, term)
                    for check in checks { taken[check, default: []] += time.map { ($0, part) } }
                }
            }
        }
        voids = taken.mapValues(SampleVoids.init)
        downtime = IntervalSet(down)
    }

    /// The voids of the check called `id` within the service.
    public subscript(id: String) -> SampleVoids { voids[id] ?? SampleVoids() }

    /// The checks whose samples `term` takes, and which of them.
    static func part(
        of service: Service, _ term: CorrectionTerm
    ) -> (checks: [String], part: SampleVoids.Part) {
        switch term {
        case .check(let id): ([id.check], .all)
        case .services, .vantage: (service.rules.checks, .all)
        case .family(let family): (service.rules.checks, .family(family))
        case .unaddressed: (service.rules.checks, .unaddressed)
        }
    }
}
