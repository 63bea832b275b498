extension Catalog {
    /// What it says otherwise than what was known before, of what is promised, of customers, then of services: in an
    /// order that two runs have alike.
    ///
    /// - Parameters:
    ///   - agreement: what was promised; nil where that is not known.
    ///   - customers: those that were known, by their identifiers; without how they are reached.
    ///   - services: those that were known, by their identifiers.
    ///   - isDown: whether a check was last seen down.
    public func changes(
        from agreement: Agreement?, customers: [String: Customer], services: [String: Service],
        isDown: (CheckID) throws -> Bool
    ) rethrows -> [CatalogChange] {
        (agreement.map { self.agreement.changes(from: $0) } ?? []) + changesOfCustomers(from: customers)
            + (try changesOfServices(from: services, isDown: isDown))
    }

    private func changesOfCustomers(from known: [String: Customer]) -> [CatalogChange] {
        var all: [CatalogChange] = []
        let gone = known.keys.filter { customer($0) == nil }.sorted()
        all += gone.map { CatalogChange(.customer($0), .dropped(wasDown: false)) }
        for customer in customers {
            guard let old = known[customer.id] else {
                all.append(CatalogChange(.customer(customer.id), .added))
                continue
            }
            var changes = SettingChanges(of: .customer(customer.id))
            changes.compare(.name, old.name, customer.name, CatalogChange.Value.text)
            changes.compare(.vip, old.isVIP, customer.isVIP, CatalogChange.Value.flag)
            all += changes.all
        }
        return all
    }

    private func changesOfServices(
        from known: [String: Service], isDown: (CheckID) throws -> Bool
    ) rethrows -> [CatalogChange] {
        let gone = known.values.filter { service($0.id) == nil }.sorted { $0.id < $1.id }
        let added = services.filter { known[$0.id] == nil }
        // Whoever is the same in everything first: of two that ask the same, one may have changed besides.
        let renames = LikelyRenames(
            from: gone.map { ($0.id, [$0.nameless]) }, to: added.map { ($0.id, [$0.nameless]) }
        ).merging(LikelyRenames(from: gone.map { ($0.id, $0.asks) }, to: added.map { ($0.id, $0.asks) }))
        var all: [CatalogChange] = []
        for service in gone {
            let wasDown = try service.checks.contains {
                try $0.counts && isDown(CheckID(service: service.id, check: $0.id))
            }
            all.append(CatalogChange(.service(service.id), .dropped(wasDown: wasDown)))
        }
        for service in services.sorted(by: { $0.id < $1.id }) {
            if let old = known[service.id] {
                all += try service.changes(from: old, isDown: isDown)
                continue
            }
            all.append(CatalogChange(.service(service.id), .added))
            if let name = renames[service.id] {
                all.append(CatalogChange(.service(service.id), .looksRenamed(from: name)))
            }
        }
        return all
    }
}

extension Service {
    /// Everything that is recorded of it but its name.
    fileprivate var nameless: Service {
        var service = withoutProbes
        (service.id, service.responsibility, service.past) = ("", Responsibility(), nil)
        return service
    }

    /// Whose it is, and where its checks ask; empty where a record does not say it.
    fileprivate var asks: [String] {
        let urls = checks.map(\.url).filter { !$0.isEmpty }.sorted()
        return urls.isEmpty ? [] : [customer] + urls
    }
}
