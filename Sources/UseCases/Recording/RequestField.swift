/// A part of a request, by the name that a program gives it; a command line has an option of that name.
public enum RequestField: String, CaseIterable, Hashable, Sendable {
    case advice, amount, at, breach, by, cause, channel, count, customer, every, evidence, except, first, from, id
    case kind, last, month, outage, reason, scope, text, to, until
    case asOf = "as_of"
    case incidentClass = "class"
    case noticeAt = "notice_at"
}
