import Reporting
import SLA

/// An incident of which something was recorded.
public struct IncidentReceipt: Receipt {
    /// The incident, with what was recorded.
    public let incident: Incident
    private let isNew: Bool
    private let done: String
    private let agreement: Agreement

    /// Those of a list, and how it stands.
    public static let columns = JSONColumns(
        ["id"] + IncidentList.header.dropFirst() + ["cause", "remaining_s", "rest_day", "office_hours"])

    /// - Parameters:
    ///   - isNew: whether it was opened; then its identifier is news.
    ///   - done: what is said of it else.
    init(_ incident: Incident?, isNew: Bool, done: String, in agreement: Agreement) {
        guard let incident else { preconditionFailure("what was decided was recorded") }
        self.incident = incident
        self.isNew = isNew
        self.done = done
        self.agreement = agreement
    }

    /// What is printed of it for people.
    public var text: String { isNew ? incident.id + "\n" : "" }

    /// What a person should know besides.
    public var remarks: [FieldMessage] { isNew ? [] : ["\(incident.id) \(done)"] }

    /// The same for programs.
    public var json: JSONObject {
        let asOf = incident.events.map(\.recordedAt).max() ?? incident.openedAt
        return IncidentHistory(incident, under: agreement, asOf: asOf).json
    }
}
