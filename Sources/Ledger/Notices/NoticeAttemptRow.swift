import GRDB
import SLA

/// A row of `notice_attempts`.
struct NoticeAttemptRow: FactRow {
    static let table = FactTable.noticeAttempts

    var number: Int64?
    /// The number of the notice.
    var notice: Int64
    var at: Int64
    var by: String

    init(_ attempt: NoticeAttempt) {
        notice = attempt.notice
        at = attempt.at.milliseconds
        by = attempt.by
    }
}

/// A row of `notice_results`.
struct NoticeResultRow: FactRow {
    static let table = FactTable.noticeResults

    var number: Int64?
    /// The number of the try.
    var attempt: Int64
    var at: Int64
    var outcome: String
    var answer: String

    init(_ result: Notice.Result, of attempt: Int64) {
        self.attempt = attempt
        at = result.at.milliseconds
        outcome = result.outcome.rawValue
        answer = result.answer
    }

    func result() throws -> Notice.Result {
        Notice.Result(
            at: Instant(milliseconds: at), outcome: try named(outcome, CodingKeys.outcome), answer: answer)
    }
}
