/// Exclusions by whom they concern, so that whoever asks for many services looks at each service's own alone.
public struct ExclusionIndex: Sendable, Equatable {
    /// All of them, in the order in which they were given.
    public let all: [Exclusion]
    /// Two indexes of the same version hold the same exclusions; of nil nothing is known.
    let version: Int?
    private var positions: [ScopeTerm: [Int]] = [:]

    /// An index of `exclusions`.
    ///
    /// - Parameter version: what tells it from any other that its readers have seen.
    public init(_ exclusions: [Exclusion], version: Int? = nil) {
        all = exclusions
        self.version = version
        for (position, exclusion) in exclusions.enumerated() {
            for term in exclusion.scope { positions[term, default: []].append(position) }
        }
    }

    /// Those that concern `service` (``Exclusion/concerns(_:)``), in the order in which they were given.
    public func concerning(_ service: Service) -> [Exclusion] {
        if all.isEmpty { return [] }
        let terms = service.terms
        return Set(terms.flatMap { positions[$0] ?? [] }).sorted().map { all[$0] }
    }
}

extension ExclusionIndex: ExpressibleByArrayLiteral {
    /// An index of `exclusions`.
    public init(arrayLiteral exclusions: Exclusion...) { self.init(exclusions) }
}
