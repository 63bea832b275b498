import SLA

/// The catalogue that evidence is read against. Its names have what other names must not be taken apart by.
enum ExampleCatalog {
    static let catalog: Catalog = {
        func check(_ id: String, _ url: String) -> Check {
            Check(id: id, probe: ProbeSpecification(url: url, scheme: .https, host: "h", port: 443))
        }
        return Catalog(
            agreement: Agreement(
                calendar: CivilCalendar(
                    zone: TimeZoneRules(name: "Asia/Ho_Chi_Minh", initialOffset: 7 * 3_600_000))),
            customers: [Customer(id: "acme"), Customer(id: "\u{301}b:c")],
            services: [
                Service(
                    id: "acme-web", customer: "acme", groups: ["rack-3"], paid: .empty,
                    checks: [check(Check.defaultID, "https://acme.example/")]),
                Service(
                    id: "acme-mail", customer: "\u{301}b:c", paid: .empty,
                    checks: [check("smtp", "smtp://mx.acme.example"), check("imap", "imaps://mx.acme.example")]),
            ])
    }()

    /// `text` with the apostrophe that keeps a spreadsheet from running it.
    static func guarded(_ text: String) -> String {
        text.utf8.first.map { "=+-@\t\r\n".utf8.contains($0) } == true ? "'" + text : text
    }

    /// `rows` as a table, quoted throughout.
    static func csv(_ rows: [[String]]) -> [UInt8] {
        rows.flatMap { row in
            row.map { cell in
                let doubled = cell.utf8.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
                return [UInt8(ascii: "\"")] + doubled + [UInt8(ascii: "\"")]
            }.joined(separator: [UInt8(ascii: ",")]) + Array("\r\n".utf8)
        }
    }
}
