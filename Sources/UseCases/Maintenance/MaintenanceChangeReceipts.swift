import Reporting
import SLA

/// Maintenance that was cancelled.
public struct CancellationReceipt: Receipt {
    /// The cancellation.
    public let cancellation: MaintenanceCancellation
    let zone: TimeZoneRules
    /// Why the public files could not be written anew; nil where they were. It is cancelled all the same, and the
    /// daemon writes them where it can.
    public internal(set) var fileFailure: OutputFailure?

    /// What was cancelled, when, by whom and why.
    public static let columns = JSONColumns(["id", "at", "by", "reason"])

    private var subject: NoticeSubject {
        cancellation.date.map { .window(cancellation.plan, $0) } ?? .plan(cancellation.plan)
    }

    /// What a person should know besides.
    public var remarks: [FieldMessage] { ["cancelled \(subject)"] }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "maintenance_cancellation",
            [
                "id": .text(subject.description), "at": .instant(cancellation.at, zone), "by": .text(cancellation.by),
                "reason": .text(cancellation.reason),
            ])
    }
}

/// A window that was given more time.
public struct ExtensionReceipt: Receipt {
    /// The extension, as it was recorded.
    public let added: MaintenanceExtension
    let window: MaintenanceWindow
    let agreement: Agreement

    /// The added time, and until when it has to be announced.
    public static let columns = JSONColumns([
        "id", "window", "from", "until", "reason", "at", "by", "notice_due", "late",
    ])

    private var zone: TimeZoneRules { agreement.calendar.zone }
    private var lead: Milliseconds { window.plan.kind.lead(under: agreement.notice) }
    /// The last instant at which notice of the added time is in time.
    public var noticeDue: Instant { window.interval.end - lead }

    /// What is printed of it for people.
    public var text: String { added.subject.description + "\n" }

    /// What a person should know besides.
    public var remarks: [FieldMessage] {
        let subject = added.subject
        if noticeDue < added.at {
            return [
                """
                \(subject) will not be admitted: the window ends in \
                \(DurationText.spoken(window.interval.end - added.at)), and clause \(window.plan.kind.noticeClause) \
                asks for notice \(DurationText.spoken(lead)) before the added time
                """
            ]
        }
        return [
            """
            \(subject): announce before \(RFC3339.text(noticeDue, in: zone)), with \
            `availd maintenance announce \(subject)`
            """
        ]
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "maintenance_extension",
            [
                "id": .text(added.subject.description), "window": .text(window.id),
                "from": .instant(window.interval.end, zone),
                "until": .instant(added.until, zone), "reason": .text(added.reason), "at": .instant(added.at, zone),
                "by": .text(added.by), "notice_due": .instant(noticeDue, zone),
                "late": .flag(noticeDue < added.at),
            ])
    }
}
