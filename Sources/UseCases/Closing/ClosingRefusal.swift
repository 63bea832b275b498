import Intake
import SLA

/// Why a month cannot be closed. The ledger is as it was.
public enum ClosingRefusal: ClassifiedError, Hashable {
    /// It has not ended at `as_of`; `until` is its end.
    case stillRuns(CivilMonth, until: String)
    /// `as_of` has not come yet.
    case inTheFuture
    /// Nobody had paid for anything in it, and it was never closed.
    case nothingCommitted(CivilMonth)
    /// The statement that stands knows more: it is of the later instant `asOf`.
    case knowsLess(than: StatementNumber, asOf: String)
    /// It would lower credits that the statement has named, without the customers' word.
    case lowers(StatementNumber, [LoweredCredit])
    /// What is kept of the statement that would be amended cannot be read.
    case unreadable(StatementNumber, reason: String)

    /// What was found, and what is expected.
    public var description: String {
        switch self {
        case .stillRuns(let month, let until):
            "--month: \(month) has not ended, expected one that has; it ends at \(until)"
        case .inTheFuture:
            "--as-of: lies in the future"
        case .nothingCommitted(let month):
            "--month: nobody had paid for a service in \(month), expected a month with committed time"
        case .knowsLess(let number, let asOf):
            "--as-of: lies before that of \(number), expected \(asOf) or later"
        case .lowers(let number, let credits):
            "an amendment of \(number) would lower "
                + credits.map { credit in
                    "the credit of \(credit.service) from \(AmountText.shown(credit.named.description)) to "
                        + (credit.due.map { AmountText.shown($0.text) } ?? "nothing")
                }.joined(separator: ", ")
                + "; record that the customer accepts it (availd compensation accept), or let it stand "
                + "(availd compensation negotiate)"
        case .unreadable(let number, let reason):
            "statement \(number) cannot be read: \(reason); availd verify says more"
        }
    }
}
