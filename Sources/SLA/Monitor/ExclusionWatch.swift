/// The exclusions as the monitor knows them, those that are recorded and those that follow from maintenance; and what
/// operators are to be told of them, each thing once.
struct ExclusionWatch: Sendable, Equatable {
    /// All of them, of a version that changes only with them.
    private(set) var index = ExclusionIndex([], version: 0)

    private var recorded: [Exclusion] = []
    private var claims = CurrentClaims()
    private var version = 0
    /// Those of which it was said that the contract does not admit them.
    private var refused: Revertible<Set<String>>
    private var maintenance: Revertible<MaintenanceWatch>
    /// When there is next something to decide of the recorded ones, and of maintenance; nil where there is nothing.
    private var recordedDue = Revertible<Instant?>(nil)
    private var maintenanceDue = Revertible<Instant?>(nil)

    /// A watch that goes on after `history`.
    init(_ history: MonitorHistory) {
        let notAdmitted = history.alerts(of: .exclusionNotAdmitted)
        refused = Revertible(Set(notAdmitted.map(\.subject)))
        maintenance = Revertible(
            MaintenanceWatch(resuming: history.alerts(of: .maintenanceBegins, .maintenanceEnds) + notAdmitted))
    }

    /// Takes over what `news` says, and what maintenance claims at `now`, of `catalog`.
    ///
    /// - Returns: whether the exclusions are others than before.
    mutating func merge(_ news: MonitorNews, _ catalog: Catalog, now: Instant) -> Bool {
        if let record = news.maintenance { claims.replace(record) }
        if news.catalog != nil { claims.invalidate() }
        if let exclusions = news.exclusions { recorded = exclusions }
        let isClaimed = claims.refresh(catalog, now: now)
        if news.catalog != nil || news.exclusions != nil { recordedDue = Revertible(.distantPast) }
        if news.catalog != nil || news.maintenance != nil || isClaimed { maintenanceDue = Revertible(.distantPast) }
        guard isClaimed || news.exclusions != nil else { return false }
        version += 1
        index = ExclusionIndex(recorded + claims.all.map(\.exclusion), version: version)
        return true
    }

    /// The wall clock was set back: what was said since may have to be said again. Called between two steps.
    mutating func clockSetBack() {
        recordedDue = Revertible(.distantPast)
        maintenanceDue = Revertible(.distantPast)
    }

    /// What is to be said at `now`.
    mutating func decide(under agreement: Agreement, now: Instant) -> [Alert] {
        decideRecorded(under: agreement, now: now) + decideMaintenance(under: agreement, now: now)
    }

    private mutating func decideRecorded(under agreement: Agreement, now: Instant) -> [Alert] {
        guard let due = recordedDue.current, due <= now else { return [] }
        let alerts = recorded.filter { $0.isInForce(asOf: now) && !refused.current.contains($0.id) }
            .compactMap { $0.notAdmittedAlert(under: agreement, at: now) }
        if !alerts.isEmpty { refused.update { $0.formUnion(alerts.map(\.subject)) } }
        recordedDue.set(recorded.lazy.compactMap(\.recordedAt).filter { $0 > now }.min())
        return alerts
    }

    private mutating func decideMaintenance(under agreement: Agreement, now: Instant) -> [Alert] {
        guard let due = maintenanceDue.current, due <= now else { return [] }
        if maintenance.current.hasAnnouncedWhatIsToCome(at: now) {
            maintenance.update { $0.forgetWhatIsToCome(claims.all, under: agreement, at: now) }
        }
        let alerts = maintenance.current.decide(claims.all, under: agreement, at: now)
        if !alerts.isEmpty { maintenance.update { $0.markAnnounced(alerts) } }
        maintenanceDue.set(MaintenanceWatch.nextChange(of: claims.all, after: now))
        return alerts
    }

    /// What has changed stays.
    mutating func commit() {
        refused.commit()
        maintenance.commit()
        recordedDue.commit()
        maintenanceDue.commit()
    }

    /// What was to be said at the last ``commit()`` is to be said again.
    mutating func revert() {
        refused.revert()
        maintenance.revert()
        recordedDue.revert()
        maintenanceDue.revert()
    }
}
