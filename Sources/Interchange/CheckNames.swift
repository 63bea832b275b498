import Intake
import SLA

/// The columns `service` and `check` of a file of ours, held against the catalogue.
enum CheckNames {
    /// The check that the current record names; nil, and reported, where there is none. No name means a service's
    /// only check.
    static func check(in table: inout Table, catalog: Catalog) -> CheckID? {
        guard let serviceID = table.text("service"), let checkID = table.text("check") else { return nil }
        guard let service = catalog.service(serviceID) else {
            table.report(
                "service", "unknown service \(Diagnostic.quoted(serviceID)), expected one of the configuration's",
                nearest: table.mistakes.isFull
                    ? nil : nearestName(to: serviceID, among: catalog.services.lazy.map(\.id)))
            return nil
        }
        if checkID.isEmpty, service.checks.count == 1 {
            return CheckID(service: serviceID, check: service.checks[0].id)
        }
        if service.checks.contains(where: { $0.id == checkID }) || service.past?.checks.contains(checkID) ?? false {
            return CheckID(service: serviceID, check: checkID)
        }
        let names = service.rules.checks
        table.report(
            "check",
            (checkID.isEmpty ? "no check named" : "unknown check \(Diagnostic.quoted(checkID))")
                + " of service \(serviceID), expected \(names.joined(separator: ", "))",
            nearest: nearestName(to: checkID, among: names))
        return nil
    }
}
