import Reporting
import SLA

/// Paid time that was withdrawn.
public struct PaidWithdrawalReceipt: Receipt {
    /// The withdrawal, as it was recorded.
    public let withdrawal: PaidWithdrawal
    /// Whether any of its time was recorded as paid for.
    public let touchesPaidTime: Bool
    let zone: TimeZoneRules

    /// What was withdrawn, by whom and why.
    public static let columns = JSONColumns([
        "id", "service", "from", "to", "reason", "recorded_at", "recorded_by", "touches_paid_time",
    ])

    /// What is printed of it for people.
    public var text: String { withdrawal.id + "\n" }

    /// What a person should know besides.
    public var remarks: [FieldMessage] {
        touchesPaidTime ? [] : ["\(withdrawal.id) is recorded, and touches no time that is paid for"]
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "paid_withdrawal",
            [
                "id": .text(withdrawal.id), "service": .text(withdrawal.service),
                "from": .instant(withdrawal.interval.start, zone), "to": .instant(withdrawal.interval.end, zone),
                "reason": .text(withdrawal.reason), "recorded_at": .instant(withdrawal.recordedAt, zone),
                "recorded_by": .text(withdrawal.recordedBy), "touches_paid_time": .flag(touchesPaidTime),
            ])
    }
}

/// A withdrawal of paid time that was ended.
public struct ReinstatementReceipt: Receipt {
    /// The withdrawal's identifier.
    public let id: String
    /// Its end.
    public let end: PaidWithdrawal.Reinstatement
    let zone: TimeZoneRules

    /// What was reinstated, when, by whom and why.
    public static let columns = JSONColumns(["id", "at", "by", "reason"])

    /// What a person should know besides.
    public var remarks: [FieldMessage] { ["reinstated \(id)"] }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "paid_reinstatement",
            [
                "id": .text(id), "at": .instant(end.at, zone), "by": .text(end.by), "reason": .text(end.reason),
            ])
    }
}
