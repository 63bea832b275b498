import Configuration
import Mail
import Reporting
import SLA

/// What notices of maintenance say to whom, as the configuration has it (clauses 4, 6.1, 6.2).
public struct NoticeComposer: Sendable {
    /// The agreement and the services of the configuration.
    public let catalog: Catalog
    let settings: Configuration.Notices
    private let provider: NoticeText.Provider
    private let providerName: String

    /// Notices as `configuration` has them.
    public init(_ configuration: Configuration) {
        self.init(configuration.catalog, settings: configuration.notices, provider: configuration.provider)
    }

    init(_ catalog: Catalog, settings: Configuration.Notices, provider: Configuration.Provider) {
        self.catalog = catalog
        self.settings = settings
        providerName = provider.name
        self.provider = NoticeText.Provider(
            name: providerName, contacts: provider.contacts.map { ($0.kind, $0.value) })
    }

    /// How many windows of a series a notice names at the most.
    private static let namedWindows = 8

    /// The notice of `subject` to `customer`; nil where nothing of it concerns the customer any more.
    public func text(
        of subject: NoticeSubject, to customer: Customer, in record: MaintenanceRecord, at now: Instant
    ) -> NoticeText? {
        let segments = record.announced(subject, at: now, in: catalog.agreement.calendar)
        guard let plan = record.plan(subject.plan), !segments.isEmpty else { return nil }
        let services = plan.services(of: catalog).filter { $0.customer == customer.id }
        if services.isEmpty { return nil }
        return NoticeText(
            of: Array(segments.prefix(Self.namedWindows)), services: services, to: customer, by: provider,
            in: customer.language ?? settings.language, calendar: catalog.agreement.calendar)
    }

    /// The e-mail of `notice`, or why there is none.
    func mail(for notice: Notice, in record: MaintenanceRecord, at now: Instant) -> Result<MailMessage, NoMail> {
        guard let server = settings.mail else { return .failure(.noServer) }
        guard let customer = catalog.customers.first(where: { $0.id == notice.customer }),
            let address = customer.email
        else { return .failure(.noAddress) }
        guard let text = text(of: notice.subject, to: customer, in: record, at: now) else {
            return .failure(NoMail(reason: "nothing of it lies ahead for this customer"))
        }
        let domain = server.from.split(separator: "@").last.map(String.init) ?? "localhost"
        let message = MailMessage(
            from: server.from, fromName: providerName, to: address, subject: text.subject, body: text.body,
            id: "availd.\(notice.subject).\(notice.number)@\(domain)", date: now,
            calendar: catalog.agreement.calendar)
        return message.map(Result.success) ?? .failure(NoMail(reason: "the address \(address) cannot be written to"))
    }

    /// Why an e-mail cannot be sent.
    struct NoMail: Error {
        let reason: String

        static let noServer = NoMail(reason: "no mail server is configured")
        static let noAddress = NoMail(reason: "no e-mail address is recorded")
    }

    /// The public notices as they are at `now`: of what was announced on the website and is not long over.
    func publicFeed(_ record: MaintenanceRecord, _ notices: [Notice], at now: Instant) -> PublicFeed? {
        var announced: [NoticeSubject: Instant] = [:]
        for notice in notices where notice.channel == .website {
            announced[notice.subject] = min(announced[notice.subject] ?? .distantFuture, notice.wantedAt)
        }
        guard let since = announced.values.min() else { return nil }
        var shown = record
        shown.extensions.removeAll { announced[$0.subject] == nil }
        let day: Milliseconds = 86_400_000
        guard let range = Interval(now - 30 * day, now + 90 * day) else { return nil }
        let calendar = catalog.agreement.calendar
        let published = shown.windows(overlapping: range, in: calendar).compactMap { window -> PublicNotice? in
            let first = [NoticeSubject.plan(window.plan.number), .window(window.plan.number, window.date)]
                .compactMap { announced[$0] }.min()
            return first.map {
                PublicNotice(window, publishedAt: $0, in: settings.language, calendar: calendar)
            }
        }
        return PublicFeed(published, title: providerName, website: settings.website, since: since)
    }
}
