import SLA

/// Whom to contact in person about maintenance, and what to say (clause 6.1).
public struct CallList: Document {
    /// A VIP customer to be contacted.
    public struct Call: Sendable {
        let customer: Customer
        let services: [Service]
        let say: String
        let doneAt: Instant?

        /// A call; `doneAt` is nil until it was made.
        public init(customer: Customer, services: [Service], say: String, doneAt: Instant?) {
            self.customer = customer
            self.services = services
            self.say = say
            self.doneAt = doneAt
        }
    }

    private let calls: [Call]
    private let zone: TimeZoneRules

    /// The list of `calls`.
    public init(_ calls: [Call], in zone: TimeZoneRules) {
        self.calls = calls
        self.zone = zone
    }

    private static let columns = ["customer", "name", "email", "services", "done_at", "say"]

    private func cells(_ call: Call) -> [String] {
        [
            call.customer.id, call.customer.name, call.customer.email ?? "",
            call.services.map(\.id).joined(separator: " "), call.doneAt.map { RFC3339.text($0, in: zone) } ?? "",
            call.say,
        ]
    }

    /// A table, and below it what to say.
    public var text: String {
        var table = TextTable([("CUSTOMER", .left), ("NAME", .left), ("SERVICES", .left), ("DONE", .left)])
        for call in calls {
            let cells = self.cells(call)
            table.add([cells[0], cells[1], cells[3], cells[4].isEmpty ? "to be done" : cells[4]])
        }
        return table.text + calls.map { "\n\($0.customer.id): \($0.say.onOneLine)\n" }.joined()
    }

    /// RFC 4180, for a telephone sheet.
    public var csv: String {
        CSVWriter.record(Self.columns) + calls.map { CSVWriter.record(cells($0)) }.joined()
    }

    /// The same for programs.
    public var json: JSONObject {
        let objects = calls.map { call in
            JSONValue.object([
                "customer": .text(call.customer.id), "name": .text(call.customer.name),
                "email": JSONValue(call.customer.email),
                "services": .list(call.services.map { .text($0.id) }),
                "done_at": .instant(call.doneAt, zone), "say": .text(call.say),
            ])
        }
        return JSONObject("maintenance_calls", ["calls": .list(objects)])
    }
}
