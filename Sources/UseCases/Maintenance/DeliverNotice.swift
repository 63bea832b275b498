import Intake
import Ledger
import Reporting
import SLA

/// A notice that was given by hand (clauses 6.1, 6.2).
public struct DeliveryRequest: Sendable {
    /// What was announced, as M3, M3.2026-10-11 or M3.x1.
    public var id: String
    /// How.
    public var channel: NoticeChannel
    /// Who was told, where the channel does not reach everyone.
    public var customers: [String]
    /// When; nil for now.
    public var at: Instant?
    /// What proves it.
    public var evidence: String

    /// A request.
    public init(
        _ id: String, channel: NoticeChannel, customers: [String] = [], at: Instant? = nil, evidence: String = ""
    ) {
        self.id = id
        self.channel = channel
        self.customers = customers
        self.at = at
        self.evidence = evidence
    }
}

extension Recording {
    /// Records a notice that was given by hand.
    ///
    /// - Throws: `Unknown`, `InvalidRequest`, `LedgerError`; nothing is then recorded.
    public func deliverNotice(_ request: DeliveryRequest) throws -> DeliveryReceipt {
        var known = now
        let recorded = try ledger.record { snapshot in
            let record = try snapshot.maintenance()
            let (subject, plan) = try record.required(request.id, in: calendar)
            try check(request, plan)
            known = record.extensions.first { $0.subject == subject }?.at ?? plan.plannedAt
            let whom: [String?] = request.channel.isPublic ? [nil] : request.customers
            return whom.map {
                .noticeDelivery(
                    NoticeDelivery(
                        subject: subject, customer: $0, channel: request.channel, at: request.at ?? now,
                        recordedAt: now, by: by, answer: request.evidence))
            }
        }
        return DeliveryReceipt(
            deliveries: recorded.facts.compactMap {
                if case .noticeDelivery(let delivery) = $0 { delivery } else { nil }
            }, knownAt: known, zone: calendar.zone)
    }

    private func check(_ request: DeliveryRequest, _ plan: MaintenancePlan) throws(InvalidRequest) {
        var check = RequestCheck()
        check.name(by)
        check.past(.at, request.at, now: now)
        let (channel, customers) = (request.channel, request.customers)
        let affected = plan.affected(of: catalog).map(\.customer.id)
        if channel.isPublic, !customers.isEmpty {
            check.add(.customer, "\(channel.rawValue) reaches everyone, expected none")
        } else if !channel.isPublic, customers.isEmpty {
            check.add(.customer, "missing, expected who was told: \(affected.joined(separator: ", "))")
        }
        for name in customers where !channel.isPublic && !affected.contains(name) {
            let nearest = didYouMean(nearestName(to: name, among: affected))
            check.add(
                .customer, "found \(Diagnostic.quoted(name)), expected a customer that \(plan.id) affects\(nearest)")
        }
        try check.finish()
    }
}

/// A notice that was given by hand, and recorded.
public struct DeliveryReceipt: Receipt {
    /// The notice to each customer, or the one to everyone.
    public let deliveries: [NoticeDelivery]
    /// When what it announces was recorded.
    let knownAt: Instant
    let zone: TimeZoneRules

    /// A row a delivery.
    public static let columns = JSONColumns(
        [], each: "deliveries", of: ["subject", "customer", "channel", "at", "recorded_at", "by", "answer"])

    /// What a person should know besides.
    public var remarks: [FieldMessage] {
        guard let first = deliveries.first else { return [] }
        let recorded: FieldMessage = "recorded \(first.channel.rawValue) for \(first.subject)"
        guard first.isProven else {
            return [
                recorded, "it was given before it was recorded, and does not count without \(RequestField.evidence)",
            ]
        }
        // Nobody but who says so knows of a notice that is older than what it announces.
        guard first.at < knownAt else { return [recorded] }
        let known = RFC3339.text(knownAt, in: zone)
        return [
            recorded,
            "that was before \(first.subject) was recorded here, at \(known): cite \(RequestField.evidence)",
        ]
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "notice_deliveries",
            ["deliveries": .list(deliveries.map { MaintenanceHistory.delivery($0, in: zone) })])
    }
}
