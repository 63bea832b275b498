import Configuration
import Ledger
import Reporting
import SLA

extension LedgerSnapshot {
    /// Every plan of maintenance with its next window, as it was known at `now`.
    public func maintenanceDocument(at now: Instant, catalog: Catalog) throws -> MaintenanceDocument {
        let catalog = try promised(catalog, asOf: now)
        let record = try maintenance().known(asOf: now)
        return MaintenanceDocument(
            record.plans.map { record.entry(of: $0, catalog: catalog, at: now, limit: 1) }, under: catalog.agreement,
            at: now)
    }

    /// The plan that `id` names or belongs to, with all that was done about it up to `now`.
    ///
    /// - Throws: `Unknown`, `LedgerError`.
    public func maintenanceHistory(of id: String, at now: Instant, catalog: Catalog) throws -> MaintenanceHistory {
        let catalog = try promised(catalog, asOf: now)
        let record = try maintenance().known(asOf: now)
        let (_, plan) = try record.required(id, in: catalog.agreement.calendar)
        return MaintenanceHistory(
            record.entry(of: plan, catalog: catalog, at: now, limit: 5),
            deliveries: record.deliveries.filter { $0.subject.plan == plan.number },
            notices: try notices().filter { $0.subject.plan == plan.number && $0.wantedAt <= now },
            under: catalog.agreement, at: now)
    }

    /// Whom to contact in person about what `id` names, and what to say (clause 6.1).
    ///
    /// - Throws: `Unknown`, `LedgerError`.
    public func callList(about id: String, at now: Instant, configuration: Configuration) throws -> CallList {
        let catalog = configuration.catalog
        let record = try maintenance()
        let (subject, plan) = try record.required(id, in: catalog.agreement.calendar)
        let composer = NoticeComposer(configuration)
        let calls = plan.affected(of: catalog).compactMap { customer, services -> CallList.Call? in
            guard catalog.agreement.channels.required(for: customer).contains(.direct),
                let text = composer.text(of: subject, to: customer, in: record, at: now)
            else { return nil }
            let done = record.deliveries.filter {
                $0.subject == subject && $0.channel == .direct && $0.customer == customer.id
            }
            return CallList.Call(
                customer: customer, services: services, say: text.spoken, doneAt: done.map(\.at).min())
        }
        return CallList(calls, in: catalog.agreement.calendar.zone)
    }
}
