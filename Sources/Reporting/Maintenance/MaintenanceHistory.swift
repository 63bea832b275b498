import SLA

/// One plan with all that was done about it, as `availd maintenance show` has it.
public struct MaintenanceHistory: Document {
    private let entry: MaintenanceDocument.Entry
    private let deliveries: [NoticeDelivery]
    private let notices: [Notice]
    private let agreement: Agreement
    private let now: Instant

    /// What `deliveries` and `notices` say of the plan of `entry` at `now`; both are the plan's own.
    public init(
        _ entry: MaintenanceDocument.Entry, deliveries: [NoticeDelivery], notices: [Notice],
        under agreement: Agreement, at now: Instant
    ) {
        self.entry = entry
        self.deliveries = deliveries
        self.notices = notices
        self.agreement = agreement
        self.now = now
    }

    /// The plan, its windows, its notices and every try to give them.
    public var text: String {
        let zone = agreement.calendar.zone
        func instant(_ instant: Instant) -> String { RFC3339.text(instant, in: zone) }
        let plan = entry.plan
        var text = """
            \(plan.id), \(plan.kind.rawValue) maintenance (clauses \(plan.kind.category.clauses)), \(entry.state(at: now))
            scope    \(plan.scope.map(\.text).joined(separator: " "))
            reason   \(plan.reason.onOneLine)
            recurs   \(MaintenanceDocument.recurrence(plan.recurrence))
            planned  \(instant(plan.plannedAt)) by \(plan.plannedBy.onOneLine)

            """
        var windows = TextTable([
            ("WINDOW", .left), ("FROM", .left), ("TO", .left), ("NOTICE DUE", .left), ("NOTICE", .left),
        ])
        for window in entry.windows {
            for segment in window.segments {
                let own = entry.claims.filter { $0.segment == segment }
                windows.add([
                    window.id(of: segment), instant(segment.interval.start), instant(segment.interval.end),
                    instant(window.noticeDue(of: segment, under: agreement)),
                    MaintenanceDocument.notice(of: window, own, under: agreement, at: now),
                ])
            }
        }
        text += "\n" + windows.text
        let missing = Self.missing(entry.claims.filter { $0.exclusion.isInForce(asOf: now) })
        if !missing.isEmpty { text += "\nStill to be told:\n" + missing.map { "  \($0)\n" }.joined() }
        text += Self.tried(notices, deliveries, in: zone)
        return text
    }

    /// The same for programs.
    public var json: JSONObject {
        let zone = agreement.calendar.zone
        func instant(_ instant: Instant) -> JSONValue { .instant(instant, zone) }
        var members = MaintenanceDocument.members(entry, under: agreement, at: now)
        members["deliveries"] = .list(deliveries.map { Self.delivery($0, in: zone) })
        members["tries"] = .list(
            notices.flatMap { notice in
                notice.attempts.map { attempt in
                    .object([
                        "subject": .text(notice.subject.description), "customer": JSONValue(notice.customer),
                        "channel": .text(notice.channel.rawValue), "at": instant(attempt.at),
                        "by": .text(attempt.by), "outcome": JSONValue(attempt.result?.outcome.rawValue),
                        "answer": JSONValue(attempt.result?.answer),
                    ])
                }
            })
        return JSONObject("maintenance_history", members)
    }

    /// A notice that was given, for programs.
    public static func delivery(_ delivery: NoticeDelivery, in zone: TimeZoneRules) -> JSONValue {
        .object([
            "subject": .text(delivery.subject.description), "customer": JSONValue(delivery.customer),
            "channel": .text(delivery.channel.rawValue), "at": .instant(delivery.at, zone),
            "recorded_at": .instant(delivery.recordedAt, zone), "by": .text(delivery.by),
            "answer": .text(delivery.answer),
        ])
    }

    /// A row for each window and each customer who is to be told of it.
    public var csv: String {
        let zone = agreement.calendar.zone
        func instant(_ instant: Instant?) -> String { instant.map { RFC3339.text($0, in: zone) } ?? "" }
        let rows = entry.windows.flatMap { window in
            window.segments.flatMap { segment -> [[String]] in
                let own = entry.claims.filter { $0.window.id == window.id && $0.segment == segment }
                let head = [
                    window.id(of: segment), instant(segment.interval.start), instant(segment.interval.end),
                    instant(window.noticeDue(of: segment, under: agreement)),
                    instant(window.cancellation?.at),
                ]
                if own.isEmpty { return [head + ["", "", "", "", "", ""]] }
                return own.map { claim in
                    let refusal = claim.exclusion.refusal(under: agreement)
                    return head + [
                        claim.customer.id, claim.exclusion.id, instant(claim.exclusion.noticeAt),
                        claim.missing.map(\.rawValue).joined(separator: " "), refusal == nil ? "yes" : "no",
                        refusal?.description ?? "",
                    ]
                }
            }
        }
        return CSVWriter.table(
            [
                "window", "from", "to", "notice_due", "cancelled_at", "customer", "exclusion", "notice_at",
                "missing_channels", "admitted", "refusal",
            ], rows)
    }

    /// Each customer once, with the channels that some window still lacks.
    private static func missing(_ claims: [MaintenanceClaim]) -> [String] {
        let byCustomer = Dictionary(grouping: claims, by: \.customer.id)
        return byCustomer.sorted { $0.key < $1.key }.compactMap { customer, claims in
            let channels = NoticeChannel.allCases.filter { channel in claims.contains { $0.missing.contains(channel) } }
            return channels.isEmpty ? nil : "\(customer): \(channels.map(\.rawValue).joined(separator: ", "))"
        }
    }

    private static func tried(_ notices: [Notice], _ deliveries: [NoticeDelivery], in zone: TimeZoneRules) -> String {
        var table = TextTable([
            ("ABOUT", .left), ("CUSTOMER", .left), ("CHANNEL", .left), ("AT", .left), ("RESULT", .left),
            ("BY", .left), ("ANSWER", .left),
        ])
        var rows: [(at: Instant, cells: [String])] = []
        for notice in notices {
            let head = [notice.subject.description, notice.customer ?? "everyone", notice.channel.rawValue]
            if notice.attempts.isEmpty {
                rows.append(
                    (
                        notice.wantedAt,
                        head + [RFC3339.text(notice.wantedAt, in: zone), "wanted", notice.wantedBy, ""]
                    ))
            }
            // What was delivered comes with the deliveries.
            for attempt in notice.attempts where attempt.result?.outcome != .delivered {
                rows.append(
                    (
                        attempt.at,
                        head + [
                            RFC3339.text(attempt.at, in: zone), attempt.result?.outcome.rawValue ?? "under way",
                            attempt.by, attempt.result?.answer ?? "",
                        ]
                    ))
            }
        }
        for delivery in deliveries {
            rows.append(
                (
                    delivery.at,
                    [
                        delivery.subject.description, delivery.customer ?? "everyone", delivery.channel.rawValue,
                        RFC3339.text(delivery.at, in: zone), "delivered", delivery.by, delivery.answer,
                    ]
                ))
        }
        if rows.isEmpty { return "" }
        for row in rows.sorted(by: { $0.at < $1.at }) { table.add(row.cells) }
        return "\n" + table.text
    }
}
