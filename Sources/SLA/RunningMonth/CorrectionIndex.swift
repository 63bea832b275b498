/// What samples are read with besides the rules of their checks: the corrections that are in force at one instant, and
/// where passes ended. By whom the corrections concern, so that whoever asks for many services looks at each service's
/// own alone.
public struct CorrectionIndex: Sendable, Equatable {
    /// Two indexes of the same version say the same.
    let version: Int
    /// In which they say it: until a correction that is recorded becomes known, or is revoked.
    let validity: Interval
    /// Where passes ended.
    public let ends: [PassEnd]
    private var corrections: [Correction] = []
    private var positions: [ScopeTerm: [Int]] = [:]

    /// The index of those of `corrections` that are in force at `now` and admitted.
    ///
    /// - Parameter version: what tells it from any other that its readers have seen.
    public init(_ corrections: [Correction] = [], ends: [PassEnd] = [], at now: Instant, version: Int) {
        self.version = version
        self.ends = ends
        let changes = corrections.flatMap { [$0.recordedAt, $0.revocation?.at].compactMap { $0 } }
        validity = Interval(
            unchecked: changes.filter { $0 <= now }.max() ?? .distantPast,
            changes.filter { $0 > now }.min() ?? .distantFuture)
        for correction in corrections where correction.isInForce(asOf: now) && correction.refusal == nil {
            for place in Set(correction.scope.map(\.place)) {
                positions[place, default: []].append(self.corrections.count)
            }
            self.corrections.append(correction)
        }
    }

    /// What is corrected of `service`.
    public func corrections(of service: Service) -> ServiceCorrections {
        if corrections.isEmpty { return ServiceCorrections() }
        let own = Set(service.terms.flatMap { positions[$0] ?? [] }).sorted()
        return own.isEmpty ? ServiceCorrections() : ServiceCorrections(own.map { corrections[$0] }, of: service)
    }
}

extension CorrectionTerm {
    /// Where a service is looked for that it may concern.
    fileprivate var place: ScopeTerm {
        switch self {
        case .services(let term): term
        case .check(let id): .service(id.service)
        case .vantage, .family, .unaddressed: .all
        }
    }
}

extension CorrectionIndex {
    /// Since when `services` are measured, read with these corrections (semantics §6); those that never were are left out.
    ///
    /// - Parameter first: when the first sample of a check was taken that tells anything and is in the series, as one
    ///   vantage point sees it; nil where there is none.
    public func measuredSince(
        _ services: [Service], first: (CheckID, _ vantage: String?, SeriesRules) throws -> Instant?
    ) rethrows -> [String: Instant] {
        var found: [String: Instant] = [:]
        for service in services {
            let (rules, corrections) = (service.rules, corrections(of: service))
            found[service.id] = try rules.viewpoints.compactMap { view in
                try first(
                    CheckID(service: service.id, check: view.check), view.vantage,
                    SeriesRules(rules.rules(of: view.check, from: view.vantage), voids: corrections[view]))
            }.min()
        }
        return found
    }
}
