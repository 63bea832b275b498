import GRDB
import SLA

extension Ledger {
    /// A notice that is wanted: of what, for whom (nil: everyone), how.
    public struct WantedNotice: Hashable, Sendable {
        let subject: NoticeSubject
        let customer: String?
        let channel: NoticeChannel

        /// A notice of `subject`.
        public init(subject: NoticeSubject, customer: String?, channel: NoticeChannel) {
            self.subject = subject
            self.customer = customer
            self.channel = channel
        }
    }

    /// Notes that `notices` are wanted. One that is wanted already, or was given by hand, is not wanted again; one
    /// that was refused is.
    /// - Throws: ``LedgerError``; none is then noted.
    public func want(_ notices: [WantedNotice], at: Instant, by: String) throws {
        try write { db in
            var open: Set<WantedNotice> = []
            for notice in try LedgerSnapshot(db: db, path: path).notices() {
                let wanted = WantedNotice(
                    subject: notice.subject, customer: notice.customer, channel: notice.channel)
                if notice.lastResult?.outcome == .refused { open.remove(wanted) } else { open.insert(wanted) }
            }
            // What people have done needs no doing.
            for done in try LedgerSnapshot(db: db, path: path).maintenance().deliveries {
                open.insert(
                    WantedNotice(subject: done.subject, customer: done.customer, channel: done.channel))
            }
            for notice in notices where !open.contains(notice) {
                try db.execute(
                    sql: """
                        INSERT INTO notices (subject, customer, channel, wanted_at, wanted_by) VALUES (?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        notice.subject.description, notice.customer, notice.channel.rawValue, at.milliseconds, by,
                    ])
            }
        }
    }

    /// Takes the notice numbered `number` for a try that begins at `at`, unless `isDue` says of what was tried so far
    /// that it is not to be tried now: of two programs, one gets it.
    /// - Returns: the number of the try, for ``finish(_:_:)``; nil where it is not due.
    /// - Throws: ``LedgerError``.
    public func beginAttempt(
        of number: Int64, at: Instant, by: String, ifDue isDue: (Notice) -> Bool
    ) throws -> Int64? {
        try write { db in
            let notices = try LedgerSnapshot(db: db, path: path).notices(numbered: number)
            guard let notice = notices.first, isDue(notice) else { return nil }
            try db.execute(
                sql: "INSERT INTO notice_attempts (notice, at, by) VALUES (?, ?, ?)",
                arguments: [number, at.milliseconds, by])
            return db.lastInsertedRowID
        }
    }

    /// Records how the try numbered `attempt` ended.
    /// - Throws: ``LedgerError``.
    public func finish(_ attempt: Int64, _ result: Notice.Result) throws {
        try write { db in
            try db.execute(
                sql: "INSERT INTO notice_results (attempt, at, outcome, answer) VALUES (?, ?, ?, ?)",
                arguments: [attempt, result.at.milliseconds, result.outcome.rawValue, result.answer])
        }
    }
}
