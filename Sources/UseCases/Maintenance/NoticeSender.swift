import Configuration
import Ledger
import Mail
import SLA

/// Gives the notices that are wanted, each by one program at a time, and keeps what came of every try.
///
/// A try blocks, a mail server's timeout at the longest. The daemon and `maintenance announce` both send; whoever
/// writes the try into the ledger first has it. One that a crash cut off is tried again later, under the same
/// Message-ID, as nobody knows whether the server took it.
public final class NoticeSender {
    private let ledger: Ledger
    private let desk: NoticeDesk
    private let files: PublicFiles
    private let mailer: Mailer?
    private let by: String

    /// A sender for `configuration`; `by` is who the record says has tried.
    public init(_ ledger: Ledger, _ configuration: Configuration, by: String) {
        self.ledger = ledger
        desk = NoticeDesk(configuration)
        files = PublicFiles(desk, stateDirectory: configuration.stateDirectory)
        mailer = desk.mailer()
        self.by = by
    }

    /// A notice that was tried, and how that ended.
    public typealias Tried = (notice: Notice, result: Notice.Result)

    /// Tries what is due, one after the other.
    ///
    /// - Parameters:
    ///   - subject: what the notices are about; nil for all.
    ///   - clock: read before and after each try.
    ///   - goesOn: asked before each.
    ///   - report: told of each try.
    /// - Returns: when the next one is due; nil where none will be.
    /// - Throws: `LedgerError`.
    @discardableResult
    public func sendDue(
        about subject: NoticeSubject? = nil, clock: () -> Instant, goesOn: () -> Bool = { true },
        report: (Tried) -> Void
    ) throws -> Instant? {
        let (record, notices) = try ledger.read { (try $0.maintenance(), try $0.notices()) }
        let done = Set(record.deliveries.map { NoticeKey($0.subject, $0.customer, $0.channel) })
        var next: Instant?
        var isServerReached = true
        var deadlines: [NoticeSubject: Instant] = [:]
        for notice in notices where !notice.isSettled && subject.map({ notice.subject == $0 }) ?? true {
            guard goesOn() else { break }
            // People were faster.
            if done.contains(NoticeKey(notice.subject, notice.customer, notice.channel)) { continue }
            let now = clock()
            let deadline = deadlines[notice.subject] ?? desk.deadline(of: notice.subject, in: record, at: now)
            deadlines[notice.subject] = deadline
            guard let due = notice.nextAttempt(before: deadline) else { continue }
            // What one server does not take today needs not be asked for each customer.
            let isPossible = notice.channel != .email || (isServerReached && mailer != nil)
            guard due <= now, isPossible,
                let attempt = try ledger.beginAttempt(
                    of: notice.number, at: now, by: by,
                    ifDue: { $0.nextAttempt(before: deadline).map { $0 <= now } ?? false })
            else {
                next = min(next ?? .distantFuture, due > now ? due : now + 60_000)
                continue
            }
            let (outcome, answer) = give(notice, in: record, at: now, &isServerReached)
            let result = Notice.Result(at: clock(), outcome: outcome, answer: answer)
            try ledger.finish(attempt, result)
            if outcome == .deferred { next = min(next ?? .distantFuture, result.at + 60_000) }
            report((notice, result))
        }
        return next
    }

    private func give(
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
            switch desk.mail(for: notice, in: record, at: now) {
            case .success(let message):
                guard let outcome = mailer?.send(message) else { return (.deferred, "no mail server is configured") }
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

/// What tells one notice from another, whoever gives it.
private struct NoticeKey: Hashable {
    let subject: NoticeSubject
    let customer: String?
    let channel: NoticeChannel

    init(_ subject: NoticeSubject, _ customer: String?, _ channel: NoticeChannel) {
        self.subject = subject
        self.customer = customer
        self.channel = channel
    }
}
