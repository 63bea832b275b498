import Configuration
import Ledger
import Mail
import Reporting
import SLA

/// What is announced of maintenance, to whom, by which way, and in which words.
public struct NoticeDesk: Sendable {
    let catalog: Catalog
    let settings: Configuration.Notices
    private let provider: NoticeText.Provider
    private let providerName: String

    /// A desk that works by `configuration`.
    public init(_ configuration: Configuration) {
        catalog = configuration.catalog
        settings = configuration.notices
        providerName = configuration.provider.name
        provider = NoticeText.Provider(
            name: providerName, contacts: configuration.provider.contacts.map { ($0.kind, $0.value) })
    }

    /// A part of a window that is announced.
    public typealias Segment = (window: MaintenanceWindow, segment: MaintenanceWindow.Segment)

    /// How many windows of a series a notice names at the most.
    private static let namedWindows = 8

    /// What a notice of `subject` announces at `now`: what has not ended and is not cancelled.
    public func segments(of subject: NoticeSubject, in record: MaintenanceRecord, at now: Instant) -> [Segment] {
        guard let plan = record.plan(subject.plan) else { return [] }
        let calendar = catalog.agreement.calendar
        switch subject {
        case .plan:
            return record.nextWindows(of: plan, after: now, limit: .max, in: calendar).map { ($0, $0.segments[0]) }
        case .window(_, let date):
            return record.pendingWindow(of: plan, on: date, at: now, in: calendar).map { [($0, $0.segments[0])] } ?? []
        case .extension(_, let number):
            let added = record.extensions.first { $0.plan == plan.number && $0.number == number }
            guard let added, let window = record.pendingWindow(of: plan, on: added.date, at: now, in: calendar) else {
                return []
            }
            return window.segments.filter { $0.added?.number == number }.map { (window, $0) }
        }
    }

    /// The instant from which on a notice of `subject` is not tried again: what it announces has begun.
    func deadline(of subject: NoticeSubject, in record: MaintenanceRecord, at now: Instant) -> Instant {
        segments(of: subject, in: record, at: now).last?.segment.interval.start ?? .distantPast
    }

    /// The notice of `subject` to `customer`; nil where nothing of it concerns the customer any more.
    public func text(
        of subject: NoticeSubject, to customer: Customer, in record: MaintenanceRecord, at now: Instant
    ) -> NoticeText? {
        let segments = segments(of: subject, in: record, at: now)
        guard let plan = record.plan(subject.plan), !segments.isEmpty else { return nil }
        let services = plan.services(of: catalog).filter { $0.customer == customer.id }
        if services.isEmpty { return nil }
        return NoticeText(
            of: Array(segments.prefix(Self.namedWindows)), services: services, to: customer, by: provider,
            in: customer.language ?? settings.language, calendar: catalog.agreement.calendar)
    }

    /// What can be announced from here, and what is left to people.
    public struct Work: Sendable {
        /// For this program: e-mails and the public files.
        public var notices: [Ledger.WantedNotice] = []
        /// For people: the channel, the customer (nil: for everyone), and why.
        public var byHand: [(channel: NoticeChannel, customer: String?, why: String)] = []
    }

    /// What it takes to announce `subject`.
    public func work(of subject: NoticeSubject, in record: MaintenanceRecord) -> Work {
        var work = Work()
        guard let plan = record.plan(subject.plan) else { return work }
        let affected = plan.affected(of: catalog).map(\.customer)
        let required = affected.map { ($0, catalog.agreement.channels.required(for: $0)) }
        let all = Set(required.flatMap(\.1))
        if all.contains(.website) {
            work.notices.append(Ledger.WantedNotice(subject: subject, customer: nil, channel: .website))
        }
        if all.contains(.fanPage) { work.byHand.append((.fanPage, nil, "availd has no hand in it")) }
        for (customer, channels) in required {
            if channels.contains(.email) {
                if settings.mail == nil {
                    work.byHand.append((.email, customer.id, "no mail server is configured"))
                } else if customer.email == nil {
                    work.byHand.append((.email, customer.id, "no e-mail address is recorded"))
                } else {
                    work.notices.append(
                        Ledger.WantedNotice(subject: subject, customer: customer.id, channel: .email))
                }
            }
            if channels.contains(.direct) {
                work.byHand.append((.direct, customer.id, "see `availd maintenance calls`"))
            }
        }
        return work
    }

    /// The e-mail of `notice`, or why there is none.
    func mail(for notice: Notice, in record: MaintenanceRecord, at now: Instant) -> Result<MailMessage, NoMail> {
        guard let server = settings.mail else { return .failure(NoMail(reason: "no mail server is configured")) }
        guard let customer = catalog.customers.first(where: { $0.id == notice.customer }),
            let address = customer.email
        else { return .failure(NoMail(reason: "no e-mail address is recorded")) }
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

    /// Why a notice cannot be sent.
    struct NoMail: Error {
        let reason: String
    }

    /// The mailer to the configured server; nil where there is none.
    func mailer() -> Mailer? {
        settings.mail.flatMap { mail in
            let encryption: MailServer.Encryption =
                switch mail.tls {
                case .required: .required
                case .opportunistic: .opportunistic
                case .none: .none
                }
            return Mailer(
                MailServer(
                    url: mail.url, encryption: encryption, authorities: mail.authorities, user: mail.login?.user,
                    password: mail.login?.password, timeout: mail.timeout))
        }
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
            let told = [NoticeSubject.plan(window.plan.number), .window(window.plan.number, window.date)]
                .compactMap { announced[$0] }.min()
            return told.map {
                PublicNotice(window, publishedAt: $0, in: settings.language, calendar: calendar)
            }
        }
        return PublicFeed(published, title: providerName, website: settings.website, since: since)
    }
}
