/// Exclusions by whom they concern, so that a report of many services looks at each service's own alone.
struct ExclusionIndex {
    private let exclusions: [Exclusion]
    private var positions: [ScopeTerm: [Int]] = [:]

    init(_ exclusions: [Exclusion]) {
        self.exclusions = exclusions
        for (position, exclusion) in exclusions.enumerated() {
            for term in exclusion.scope { positions[term, default: []].append(position) }
        }
    }

    /// Those that concern `service` (``Exclusion/concerns(_:)``), in the order in which they were given.
    func concerning(_ service: Service) -> [Exclusion] {
        let terms = [.all, .service(service.id), .customer(service.customer)] + service.groups.map(ScopeTerm.group)
        return Set(terms.flatMap { positions[$0] ?? [] }).sorted().map { exclusions[$0] }
    }
}
