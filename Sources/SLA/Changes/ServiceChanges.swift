extension Service {
    /// What it says otherwise than `old`, which has the same identifier.
    ///
    /// - Parameter isDown: whether a check was last seen down.
    func changes(from old: Service, isDown: (CheckID) throws -> Bool) rethrows -> [CatalogChange] {
        var changes = SettingChanges(of: .service(id))
        changes.compare(.customer, old.customer, customer, CatalogChange.Value.text)
        changes.compare(.groups, old.groups, groups) { .text($0.sorted().joined(separator: " ")) }
        changes.compare(.price, old.price, price, CatalogChange.Value.amount)
        changes.compare(.mode, old.mode, mode) { .text($0.rawValue) }
        let paidLess = old.paid.subtracting(paid)
        let paidMore = paid.subtracting(old.paid)
        var all = changes.all
        if !paidMore.isEmpty { all.append(CatalogChange(.service(id), .paidMore(paidMore))) }
        if !paidLess.isEmpty { all.append(CatalogChange(.service(id), .paidLess(paidLess))) }
        return all + (try changesOfChecks(from: old, isDown: isDown))
    }

    private func changesOfChecks(
        from old: Service, isDown: (CheckID) throws -> Bool
    ) rethrows -> [CatalogChange] {
        let before = Dictionary(old.checks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(checks.map(\.id))
        let dropped = old.checks.filter { !after.contains($0.id) }
        let added = checks.filter { before[$0.id] == nil }
        let renames = LikelyRenames(from: dropped.map { ($0.id, [$0.url]) }, to: added.map { ($0.id, [$0.url]) })
        var all: [CatalogChange] = []
        for check in dropped {
            let subject = CheckID(service: id, check: check.id)
            all.append(CatalogChange(.check(subject), .dropped(wasDown: try check.counts && isDown(subject))))
        }
        for check in checks {
            let subject = CheckID(service: id, check: check.id)
            if let known = before[check.id] {
                all += try check.changes(from: known, of: subject, isDown: isDown)
                continue
            }
            all.append(CatalogChange(.check(subject), .added))
            if let name = renames[check.id] { all.append(CatalogChange(.check(subject), .looksRenamed(from: name))) }
        }
        return all
    }
}

extension Check {
    /// Where it asks, without what it expects; empty where a record does not say it.
    var url: String { String(probe.asked.prefix { $0 != ";" }) }

    fileprivate func changes(
        from old: Check, of id: CheckID, isDown: (CheckID) throws -> Bool
    ) rethrows -> [CatalogChange] {
        typealias Value = CatalogChange.Value
        var changes = SettingChanges(of: .check(id))
        changes.compare(.interval, old.interval, interval, Value.duration)
        changes.compare(.timeout, old.timeout, timeout, Value.duration)
        changes.compare(.retryInterval, old.retryInterval, retryInterval, Value.duration)
        changes.compare(.staleAfter, old.staleAfter, staleAfter, Value.duration)
        changes.compare(.confirm, old.confirm, confirm) { .text(String($0)) }
        if counts { changes.compare(.counts, old.counts, counts, Value.flag) }
        // An earlier version recorded no target.
        if !old.probe.asked.isEmpty {
            changes.compare(.target, old.url, url, Value.text)
            if old.url == url { changes.compare(.expect, old.probe.asked, probe.asked, Value.text) }
        }
        guard old.counts, !counts else { return changes.all }
        return changes.all + [CatalogChange(.check(id), .uncounted(wasDown: try isDown(id)))]
    }
}
