extension FigureInputs {
    /// The same about the services called `ids` alone: of others nothing is left (clause 5), neither in what is counted
    /// of all services together nor among the names of a scope.
    public func restricted(to ids: Set<String>) -> FigureInputs {
        let services = catalog.services.filter { ids.contains($0.id) }
        let customers = Set(services.map(\.customer))
        let terms = Set(services.flatMap(\.terms))
        var own = self
        own.catalog = Catalog(
            agreement: catalog.agreement, customers: catalog.customers.filter { customers.contains($0.id) },
            services: services)
        own.exclusions = exclusions.compactMap { exclusion in
            var exclusion = exclusion
            exclusion.scope.removeAll { !terms.contains($0) }
            return exclusion.scope.isEmpty ? nil : exclusion
        }
        own.corrections = corrections.compactMap { correction in
            var correction = correction
            correction.scope.removeAll { term in
                switch term {
                case .services(let services): !terms.contains(services)
                case .check(let id): !ids.contains(id.service)
                case .vantage, .family, .unaddressed: false
                }
            }
            return correction.scope.isEmpty ? nil : correction
        }
        own.settlements = Settlements(
            negotiations: settlements.negotiations.filter { ids.contains($0.service) },
            claims: settlements.claims.filter { ids.contains($0.service) },
            acceptances: settlements.acceptances.filter { ids.contains($0.service) })
        return own
    }
}
