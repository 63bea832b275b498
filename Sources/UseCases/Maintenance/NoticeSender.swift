import Configuration
import Ledger
import Mail
import SLA

/// Gives the notices that are wanted, each by one program at a time, and keeps what came of every try.
///
/// A try blocks, a mail server's timeout at the longest. The daemon and `maintenance announce` both send; whoever
/// records the try first has it. One that a crash cut off is tried again later, under the same Message-ID, as nobody
/// knows whether the server took it.
public final class NoticeSender {
    private let ledger: Ledger
    private let composer: NoticeComposer
    private let files: PublicNotices
    private let send: ((MailMessage) -> MailOutcome)?
    private let by: String

    /// A sender for `configuration`; `by` is who the record says has tried.
    public convenience init(_ ledger: Ledger, _ configuration: Configuration, by: String) {
        let composer = NoticeComposer(configuration)
        let mailer = composer.settings.mail.flatMap { Mailer(MailServer($0)) }
        self.init(
            ledger, composer, PublicNotices(composer, stateDirectory: configuration.stateDirectory),
            sending: mailer.map { mailer in { mailer.send($0) } }, by: by)
    }

    /// - Parameter send: hands a message to the mail server; nil where there is none.
    init(
        _ ledger: Ledger, _ composer: NoticeComposer, _ files: PublicNotices,
        sending send: ((MailMessage) -> MailOutcome)?, by: String
    ) {
        self.ledger = ledger
        self.composer = composer
        self.files = files
        self.send = send
        self.by = by
    }

    /// A notice that was tried, and how that ended.
    public typealias Attempt = (notice: Notice, result: Notice.Result)

    /// Has each window of a recurring plan announced that is to be: the most before it begins that its notice may be.
    ///
    /// - Returns: when the next one is to be; nil where none is known.
    /// - Throws: `LedgerError`.
    public func announceWindows(at now: Instant) throws -> Instant? {
        func work(_ snapshot: LedgerSnapshot) throws -> (facts: [Fact], next: Instant?) {
            let (record, notices) = (try snapshot.maintenance(), try snapshot.notices())
            let agreement = try snapshot.promised(composer.catalog, asOf: now, now: now).agreement
            let (due, next) = record.windowsToAnnounce(at: now, under: agreement)
            return (
                due.flatMap { window -> [Fact] in
                    let subject = NoticeSubject.window(window.plan.number, window.date)
                    return record.facts(
                        wanting: record.stillWanted(
                            composer.work(of: subject, window.plan).notices, of: window, under: agreement),
                        since: notices, in: record.noticeTime(of: subject, under: agreement), at: now, by: by)
                }, next
            )
        }
        // Most of the time there is nothing to write.
        let (facts, next) = try ledger.read(work)
        if !facts.isEmpty { try ledger.record { try work($0).facts } }
        return next
    }

    /// Tries what is due, one after the other.
    ///
    /// - Parameters:
    ///   - subject: what the notices are about; nil for all.
    ///   - clock: read before and after each try.
    ///   - mayContinue: asked before each.
    ///   - report: called after each try.
    /// - Returns: when the next one is due; nil where none will be.
    /// - Throws: `LedgerError`.
    @discardableResult
    public func sendDue(
        about subject: NoticeSubject? = nil, clock: () -> Instant, while mayContinue: () -> Bool = { true },
        report: (Attempt) -> Void
    ) throws -> Instant? {
        let start = clock()
        let (record, notices, agreement) = try ledger.read {
            (
                try $0.maintenance(), try $0.notices(),
                try $0.promised(composer.catalog, asOf: start, now: start).agreement
            )
        }
        var times: [NoticeSubject: IntervalSet] = [:]
        for subject in Set(record.deliveries.map(\.subject)) {
            times[subject] = record.noticeTime(of: subject, under: agreement)
        }
        let done = Set(record.deliveries.filter { times[$0.subject]?.contains($0.at) ?? true }.map(\.key))
        var next: Instant?
        var isServerReached = true
        var deadlines: [NoticeSubject: Instant] = [:]
        for notice in notices where !notice.isSettled && subject.map({ notice.subject == $0 }) ?? true {
            guard mayContinue() else { break }
            // People were faster.
            if done.contains(notice.key) { continue }
            let now = clock()
            let deadline =
                deadlines[notice.subject]
                ?? record.deadline(of: notice.subject, at: now, in: agreement.calendar)
            deadlines[notice.subject] = deadline
            guard let due = notice.nextAttempt(before: deadline) else { continue }
            // What one server does not take today needs not be asked for each customer.
            let isPossible = notice.channel != .email || (isServerReached && send != nil)
            guard due <= now, isPossible, let attempt = try begin(notice, at: now, before: deadline) else {
                next = min(next ?? .distantFuture, due > now ? due : now + 60_000)
                continue
            }
            let (outcome, answer) = deliver(notice, in: record, at: now, &isServerReached)
            let result = Notice.Result(at: clock(), outcome: outcome, answer: answer)
            try ledger.record { _ in [.noticeResult(attempt: attempt, result)] }
            if outcome == .deferred { next = min(next ?? .distantFuture, result.at + 60_000) }
            report((notice, result))
        }
        return next
    }

    /// Takes `notice` for a try, and gives the try's number; nil where another program has it, or it is not due.
    private func begin(_ notice: Notice, at now: Instant, before deadline: Instant) throws -> Int64? {
        try ledger.record { snapshot in
            guard let known = try snapshot.notice(notice.number), known.isDue(at: now, before: deadline) else {
                return []
            }
            return [.noticeAttempt(NoticeAttempt(notice: notice.number, at: now, by: by))]
        }.attempts.first?.number
    }

    private func deliver(
        _ notice: Notice, in record: MaintenanceRecord, at now: Instant, _ isServerReached: inout Bool
    ) -> (Notice.Outcome, String) {
        switch notice.channel {
        case .website:
            do {
                try files.write(from: ledger, at: now)
                return (.delivered, files.directory)
            } catch {
                return (.deferred, "\(error)")
            }
        case .email:
            switch composer.mail(for: notice, in: record, at: now) {
            case .success(let message):
                guard let outcome = send?(message) else { return (.deferred, NoticeComposer.NoMail.noServer.reason) }
                if outcome.kind == .unreachable { isServerReached = false }
                return (Self.outcome(outcome.kind), outcome.answer)
            case .failure(let none):
                return (.refused, none.reason)
            }
        case .fanPage, .direct:
            return (.refused, "it is done by hand")
        }
    }

    private static func outcome(_ kind: MailOutcome.Kind) -> Notice.Outcome {
        switch kind {
        case .accepted: .delivered
        case .refused: .refused
        case .deferred, .unreachable: .deferred
        }
    }
}

extension MailServer {
    /// The server of the configuration.
    fileprivate init(_ mail: Configuration.Notices.Mail) {
        let encryption: Encryption =
            switch mail.tls {
            case .required: .required
            case .opportunistic: .opportunistic
            case .none: .none
            }
        self.init(
            url: mail.url, encryption: encryption, authorities: mail.authorities, user: mail.login?.user,
            password: mail.login?.password, timeout: mail.timeout)
    }
}
