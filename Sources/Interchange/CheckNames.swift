import Intake
import SLA

/// The columns `service` and `check` of a file of ours, held against the catalogue.
enum CheckNames {
    /// The check that the current record names; nil, and reported, where there is none. No name means a service's
    /// only check.
    static func check(in table: inout Table, catalog: Catalog) -> CheckID? {
        guard let serviceID = table.unguardedText("service"), let checkID = table.unguardedText("check") else {
            return nil
        }
        guard let service = catalog.service(serviceID) else {
            table.report(
                "service", "unknown service \(Diagnostic.quoted(serviceID)), expected one of the configuration's",
                nearest: table.mistakes.isFull
                    ? nil : nearestName(to: serviceID, among: catalog.services.lazy.map(\.id)))
            return nil
        }
        // As the catalogue spells them: of one letter there are several spellings, and a ledger tells them apart.
        if checkID.isEmpty, service.checks.count == 1 {
            return CheckID(service: service.id, check: service.checks[0].id)
        }
        if let check = service.checks.first(where: { $0.id == checkID }) {
            return CheckID(service: service.id, check: check.id)
        }
        let names = service.rules.checks
        if let name = names.first(where: { $0 == checkID }) { return CheckID(service: service.id, check: name) }
        table.report(
            "check",
            (checkID.isEmpty ? "no check named" : "unknown check \(Diagnostic.quoted(checkID))")
                + " of service \(serviceID), expected \(names.joined(separator: ", "))",
            nearest: nearestName(to: checkID, among: names))
        return nil
    }
}
