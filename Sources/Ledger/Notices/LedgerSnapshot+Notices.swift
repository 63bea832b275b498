import GRDB
import SLA

extension LedgerSnapshot {
    /// Every notice that this program was to give, with what was tried, in the order in which they were wanted.
    /// - Throws: ``LedgerError``.
    public func notices() throws -> [Notice] {
        try notices(NoticeRow.all(), NoticeAttemptRow.all())
    }

    /// The notice numbered `number`, with what was tried; nil where there is none.
    /// - Throws: ``LedgerError``.
    public func notice(_ number: Int64) throws -> Notice? {
        try notices(
            NoticeRow.filter(Column("number") == number), NoticeAttemptRow.filter(Column("notice") == number)
        ).first
    }

    private func notices(
        _ notices: QueryInterfaceRequest<NoticeRow>, _ attempts: QueryInterfaceRequest<NoticeAttemptRow>
    ) throws -> [Notice] {
        let numbers = attempts.select(Column("number"))
        let results = Dictionary(
            try all(NoticeResultRow.filter(numbers.contains(Column("attempt")))) { ($0.attempt, try $0.result()) },
            uniquingKeysWith: { first, _ in first })
        let tried = try all(attempts.order(Column("number"))) { row in
            (
                notice: row.notice,
                attempt: Notice.Attempt(
                    at: Instant(milliseconds: row.at), by: row.by, result: row.number.flatMap { results[$0] })
            )
        }
        let ofNotice = Dictionary(grouping: tried, by: \.notice).mapValues { $0.map(\.attempt) }
        return try all(notices.order(Column("number"))) { try $0.notice(ofNotice) }
    }

    /// The notices that were given, by this program and by hand, in the order in which that was known.
    func noticeDeliveries() throws -> [NoticeDelivery] {
        let notices = Dictionary(
            try notices().map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        let attempts = Dictionary(
            try every { (row: NoticeAttemptRow) in (row.number ?? 0, row) }, uniquingKeysWith: { first, _ in first })
        let byProgram = try every { (row: NoticeResultRow) -> NoticeDelivery? in
            let result = try row.result()
            guard result.outcome == .delivered, let attempt = attempts[row.attempt],
                let notice = notices[attempt.notice]
            else { return nil }
            return NoticeDelivery(
                subject: notice.subject, customer: notice.customer, channel: notice.channel, at: result.at,
                recordedAt: result.at, by: attempt.by, answer: result.answer)
        }
        let byHand = try every { (row: NoticeDeliveryRow) in try row.delivery() }
        return (byProgram.compactMap(\.self) + byHand).enumerated()
            .sorted { ($0.element.recordedAt, $0.offset) < ($1.element.recordedAt, $1.offset) }.map(\.element)
    }
}
