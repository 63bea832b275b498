import SLA

/// Planned maintenance as `availd maintenance list` and `show` have it.
public struct MaintenanceDocument: Document {
    /// A plan, with what lies ahead of it.
    public struct Entry: Sendable {
        let plan: MaintenancePlan
        let windows: [MaintenanceWindow]
        let claims: [MaintenanceClaim]
        let isOver: Bool

        /// An entry.
        ///
        /// - Parameters:
        ///   - windows: the next ones, or where there are none, the last, cancelled ones too; in order.
        ///   - claims: those of `windows`.
        ///   - isOver: whether no window lies ahead.
        public init(
            _ plan: MaintenancePlan, windows: [MaintenanceWindow], claims: [MaintenanceClaim], isOver: Bool
        ) {
            self.plan = plan
            self.windows = windows
            self.claims = claims
            self.isOver = isOver
        }

        func state(at now: Instant) -> String {
            if isOver { return windows.contains { $0.cancellation == nil } || windows.isEmpty ? "over" : "cancelled" }
            return windows.contains { $0.cancellation == nil && $0.interval.contains(now) } ? "under way" : "planned"
        }

        var next: MaintenanceWindow? { windows.first { $0.cancellation == nil } ?? windows.first }
    }

    private let entries: [Entry]
    private let agreement: Agreement
    private let now: Instant

    /// The plans of `entries` as they are at `now`.
    public init(_ entries: [Entry], under agreement: Agreement, at now: Instant) {
        self.entries = entries
        self.agreement = agreement
        self.now = now
    }

    /// A table, a line a plan.
    public var text: String {
        let zone = agreement.calendar.zone
        var table = TextTable([
            ("ID", .left), ("KIND", .left), ("STATE", .left), ("FROM", .left), ("TO", .left), ("RECURS", .left),
            ("SCOPE", .left), ("NOTICE", .left), ("REASON", .left),
        ])
        for entry in entries {
            let next = entry.next
            table.add([
                entry.plan.id, entry.plan.kind.rawValue, entry.state(at: now),
                next.map { RFC3339.text($0.interval.start, in: zone) } ?? "-",
                next.map { RFC3339.text($0.interval.end, in: zone) } ?? "-", Self.recurrence(entry.plan.recurrence),
                entry.plan.scope.map(\.text).joined(separator: " "),
                next.map { Self.notice(of: $0, entry.claims, under: agreement, at: now) } ?? "-", entry.plan.reason,
            ])
        }
        return table.text
    }

    /// The same, with what follows for each customer.
    public var json: JSONObject {
        JSONObject(
            "maintenance_plans",
            [
                "as_of": .instant(now, agreement.calendar.zone),
                "plans": .list(entries.map { .object(Self.members($0, under: agreement, at: now)) }),
            ])
    }

    /// A row a plan.
    public var csv: String {
        let zone = agreement.calendar.zone
        return CSVWriter.table(
            [
                "id", "kind", "clause", "state", "from", "to", "recurs", "scope", "notice", "reason", "planned_at",
                "planned_by",
            ],
            entries.map { entry in
                let (plan, next) = (entry.plan, entry.next)
                return [
                    plan.id, plan.kind.rawValue, plan.kind.category.clauses, entry.state(at: now),
                    next.map { RFC3339.text($0.interval.start, in: zone) } ?? "",
                    next.map { RFC3339.text($0.interval.end, in: zone) } ?? "", Self.recurrence(plan.recurrence),
                    plan.scope.map(\.text).joined(separator: " "),
                    next.map { Self.notice(of: $0, entry.claims, under: agreement, at: now) } ?? "", plan.reason,
                    RFC3339.text(plan.plannedAt, in: zone), plan.plannedBy,
                ]
            })
    }

    static func members(_ entry: Entry, under agreement: Agreement, at now: Instant) -> [String: JSONValue] {
        let zone = agreement.calendar.zone
        func at(_ instant: Instant?) -> JSONValue { .instant(instant, zone) }
        return [
            "id": .text(entry.plan.id), "kind": .text(entry.plan.kind.rawValue),
            "clause": .text(entry.plan.kind.category.clauses), "state": .text(entry.state(at: now)),
            "scope": .text(entry.plan.scope.map(\.text).joined(separator: " ")),
            "recurs": .text(recurrence(entry.plan.recurrence)), "reason": .text(entry.plan.reason),
            "planned_at": at(entry.plan.plannedAt), "planned_by": .text(entry.plan.plannedBy),
            "windows": .list(
                entry.windows.flatMap { window in
                    window.segments.map { segment in
                        let own = entry.claims.filter { $0.window.id == window.id && $0.segment == segment }
                        return .object([
                            "id": .text(window.id(of: segment)), "from": at(segment.interval.start),
                            "to": at(segment.interval.end),
                            "notice_due": at(window.noticeDue(of: segment, under: agreement)),
                            "notice": .text(notice(of: window, own, under: agreement, at: now)),
                            "cancelled_at": at(window.cancellation?.at),
                            "claims": .list(own.map { claim($0, under: agreement, at: now) }),
                        ])
                    }
                }),
        ]
    }

    private static func claim(_ claim: MaintenanceClaim, under agreement: Agreement, at now: Instant) -> JSONValue {
        let refusal = claim.exclusion.refusal(under: agreement)
        return .object([
            "exclusion": .text(claim.exclusion.id), "customer": .text(claim.customer.id),
            "notice_at": .instant(claim.exclusion.noticeAt, agreement.calendar.zone),
            "missing_channels": .list(claim.missing.map { .text($0.rawValue) }), "admitted": .flag(refusal == nil),
            "refusal": JSONValue(refusal?.description),
        ])
    }

    /// How far the notice of `window` is, in a few words.
    static func notice(
        of window: MaintenanceWindow, _ claims: [MaintenanceClaim], under agreement: Agreement, at now: Instant
    ) -> String {
        if let cancellation = window.cancellation { return "cancelled: \(cancellation.reason)" }
        let own = claims.filter { $0.window.id == window.id }
        if own.isEmpty { return "nobody is affected" }
        let refused = own.filter { $0.refusal(under: agreement, at: now) != nil }
        if let first = refused.first, let refusal = first.refusal(under: agreement, at: now) {
            let whom = refused.count == own.count ? "" : " for \(refused.count) of \(own.count)"
            return "not admitted\(whom): \(refusal)"
        }
        if let waiting = own.first(where: { !$0.missing.isEmpty }) {
            return "announce before \(RFC3339.text(waiting.noticeDue, in: agreement.calendar.zone))"
        }
        return "given"
    }

    /// As `every sunday 02:00-04:00`, or `once`.
    static func recurrence(_ recurrence: Recurrence) -> String {
        guard case .series(let series) = recurrence else { return "once" }
        var text = "every \(series.days.text) \(series.start)-\(series.end)"
        if let last = series.last { text += " until \(last)" }
        if !series.exceptions.isEmpty {
            text += " but \(series.exceptions.sorted().map(\.description).joined(separator: " "))"
        }
        return text
    }
}
