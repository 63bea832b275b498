/// A part of a request, by the name that a program gives it; a command line has an option of that name.
public enum RequestField: String, CaseIterable, Hashable, Sendable {
    case advice, amount, at, breach, by, cause, channel, check, confirm, count, counts, customer, every, evidence
    case except, first, from, groups, id, incident, interval
    case kind, last, month, outage, reason, scope, text, to, until
    case mode, timeout
    case asOf = "as_of"
    case staleAfter = "stale_after"
    case incidentClass = "class"
    case noticeAt = "notice_at"
}
