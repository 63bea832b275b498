import Configuration
import Intake
import Ledger
import Reporting
import SLA

extension Recording {
    /// Gives the notices of what `id` names: asks for those that nobody has given, tries them now, and waits for what
    /// the daemon has taken first. Announcing again sends nothing twice.
    ///
    /// - Parameters:
    ///   - clock: read before and after each try.
    ///   - wait: waits until its second parameter says so, its first in ms at the longest.
    ///   - report: called after each try.
    /// - Throws: `InvalidRequest`, `Unknown`, `LedgerError`, or a `Refusal` where there is nothing to announce.
    public func announceMaintenance(
        _ id: String, _ configuration: Configuration, clock: () -> Instant,
        wait: (Milliseconds, () throws -> Bool) throws -> Void, report: (NoticeSender.Attempt) -> Void
    ) throws -> AnnouncementReceipt {
        let composer = NoticeComposer(configuration)
        let (subject, work) = try askForNotices(of: id, composer)
        try NoticeSender(ledger, configuration, by: by).sendDue(about: subject, clock: clock, report: report)
        try wait((configuration.notices.mail?.timeout ?? 0) + 10_000) {
            try ledger.read { try $0.notices() }.allSatisfy {
                $0.subject != subject || $0.attempts.last.map { $0.result != nil } ?? true
            }
        }
        return try ledger.read { snapshot in
            AnnouncementReceipt(
                subject: subject, byHand: work.byHand, try snapshot.notices(),
                try snapshot.maintenance().deliveries, by: by, zone: calendar.zone)
        }
    }

    /// Records that notices of what `id` names are wanted, those that are not yet, and nobody has given by hand.
    func askForNotices(
        of id: String, _ composer: NoticeComposer
    ) throws -> (subject: NoticeSubject, work: AnnouncementWork) {
        var subject: NoticeSubject?
        var work = AnnouncementWork()
        try ledger.record { snapshot in
            try Self.requireName(by)
            let record = try snapshot.maintenance()
            let announced = try record.requiredAnnouncement(id, catalog, at: now)
            subject = announced.subject
            work = composer.work(of: announced.subject, announced.plan)
            return record.facts(
                wanting: work.notices, since: try snapshot.notices(),
                in: record.noticeTime(of: announced.subject, under: catalog.agreement),
                at: now, by: by)
        }
        guard let subject else { preconditionFailure("what was decided was recorded") }
        return (subject, work)
    }
}

extension MaintenanceRecord {
    /// What `id` names, and its plan, where there is something to announce to somebody.
    fileprivate func requiredAnnouncement(
        _ id: String, _ catalog: Catalog, at now: Instant
    ) throws -> (subject: NoticeSubject, plan: MaintenancePlan) {
        let calendar = catalog.agreement.calendar
        let (subject, plan) = try required(id, in: calendar)
        if announced(subject, at: now, in: calendar).isEmpty {
            throw Refusal("\(subject) is over or cancelled: there is nothing to announce")
        }
        if plan.affected(of: catalog).isEmpty {
            throw Refusal("\(subject) affects nobody: its scope holds no service")
        }
        return (subject, plan)
    }
}

extension NoticeComposer {
    /// What announcing what `id` names would send, and what is left to people.
    ///
    /// - Throws: as announcing does.
    public func preview(_ id: String, in record: MaintenanceRecord, at now: Instant) throws -> AnnouncementPreview {
        let (subject, plan) = try record.requiredAnnouncement(id, catalog, at: now)
        let messages = plan.affected(of: catalog).compactMap { customer, _ in
            text(of: subject, to: customer, in: record, at: now).map { (customer, $0) }
        }
        return AnnouncementPreview(subject: subject, messages: messages, byHand: work(of: subject, plan).byHand)
    }
}
