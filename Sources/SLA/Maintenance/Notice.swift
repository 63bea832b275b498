/// A notice that somebody wants to be given by this program, and how far it is: an e-mail to a customer, or the
/// public files.
public struct Notice: Hashable, Sendable {
    /// Its number in the ledger.
    public var number: Int64
    /// What it announces.
    public var subject: NoticeSubject
    /// Whom it is for; nil for everyone.
    public var customer: String?
    /// How.
    public var channel: NoticeChannel
    /// When it was wanted.
    public var wantedAt: Instant
    /// By whom.
    public var wantedBy: String
    /// What was tried, in order.
    public var attempts: [Attempt]

    /// One try.
    public struct Attempt: Hashable, Sendable {
        /// When it began.
        public var at: Instant
        /// Who tried.
        public var by: String
        /// How it ended; nil while it runs, or where it was cut off.
        public var result: Result?

        /// A try.
        public init(at: Instant, by: String, result: Result?) {
            self.at = at
            self.by = by
            self.result = result
        }
    }

    /// How a try ended.
    public struct Result: Hashable, Sendable {
        /// When.
        public var at: Instant
        /// How.
        public var outcome: Outcome
        /// The mail server's last line, or what happened instead.
        public var answer: String

        /// A result.
        public init(at: Instant, outcome: Outcome, answer: String) {
            self.at = at
            self.outcome = outcome
            self.answer = answer
        }
    }

    /// What a try can come to.
    public enum Outcome: String, CaseIterable, Hashable, Sendable {
        /// It was done.
        case delivered
        /// Not now: it is tried again.
        case deferred
        /// Never: it is not tried again.
        case refused
    }

    /// A notice.
    public init(
        number: Int64, subject: NoticeSubject, customer: String?, channel: NoticeChannel, wantedAt: Instant,
        wantedBy: String, attempts: [Attempt] = []
    ) {
        self.number = number
        self.subject = subject
        self.customer = customer
        self.channel = channel
        self.wantedAt = wantedAt
        self.wantedBy = wantedBy
        self.attempts = attempts
    }

    /// The end of the last try; nil where there was none, or where it has none yet.
    public var lastResult: Result? { attempts.last?.result }

    /// Whether nothing more is to be done.
    public var isSettled: Bool { lastResult?.outcome == .delivered || lastResult?.outcome == .refused }

    /// A try without an end is taken for cut off after this long, in ms; no try takes longer.
    public static let longestAttempt: Milliseconds = 600_000

    private static let pauses: [Milliseconds] = [60_000, 300_000, 900_000, 3_600_000]

    /// When it is to be tried next; nil where it is settled, or where that would be at `deadline` or later. The first
    /// try is made in any case: late notice is better than none.
    public func nextAttempt(before deadline: Instant) -> Instant? {
        if isSettled { return nil }
        guard let last = attempts.last else { return wantedAt }
        let pause = Self.pauses[min(attempts.count, Self.pauses.count) - 1]
        let next = last.result.map { $0.at + pause } ?? last.at + Self.longestAttempt
        return next < deadline ? next : nil
    }
}
