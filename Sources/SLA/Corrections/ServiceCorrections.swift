/// What the corrections that are in force say of one service: what its timeline is built with (semantics §3.3).
public struct ServiceCorrections: Hashable, Sendable {
    /// The time in which samples leave the series; those without are left out.
    public private(set) var voids: [Viewpoint: SampleVoids] = [:]
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
        var taken: [Viewpoint: [SampleVoids.Entry]] = [:]
        var down: [Interval] = []
        for correction in corrections {
            for term in correction.scope where term.concerns(service) {
                let time = service.time(of: term).intersection(correction.interval).intervals
                switch correction.kind {
                case .downtime: down += time
                case .void:
                    let (views, part) = Self.part(of: service, term)
                    for view in views { taken[view, default: []] += time.map { ($0, part) } }
                }
            }
        }
        voids = taken.mapValues(SampleVoids.init)
        downtime = IntervalSet(down)
    }

    /// The voids of the check called `id`, as its vantage point without a name sees it.
    public subscript(id: String) -> SampleVoids { self[Viewpoint(check: id)] }

    /// The voids of what `view` saw.
    public subscript(view: Viewpoint) -> SampleVoids { voids[view] ?? SampleVoids() }

    /// Whose samples `term` takes, and which of them.
    static func part(
        of service: Service, _ term: CorrectionTerm
    ) -> (views: [Viewpoint], part: SampleVoids.Part) {
        let views = service.rules.viewpoints
        return switch term {
        case .check(let id): (views.filter { $0.check == id.check }, .all)
        case .vantage(let name): (views.filter { $0.vantage == name }, .all)
        case .services: (views, .all)
        case .family(let family): (views, .family(family))
        case .unaddressed: (views, .unaddressed)
        }
    }
}
