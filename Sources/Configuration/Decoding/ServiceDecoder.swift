import Intake
import SLA

/// Reads `services`, of all the files, and the rows of the inventories.
struct ServiceDecoder {
    /// What `defaults` says; nil where there is none.
    let defaults: CheckTiming?
    /// Reads the terms.
    let terms: TermsDecoder
    /// What prices are in: the agreement's, wherever in the files it stands.
    let currency: String?
    /// Reads the probes.
    let probes: ProbeDecoder
    /// Where each customer is; nil where some file could not be read, and any may be in it.
    let customers: [String: String]?

    /// Those that were found right.
    private(set) var services: [Service] = []
    private var places: [String: String] = [:]
    /// For how many more unknown customers a near one is looked for.
    private var suggestions = 20

    init(
        defaults: CheckTiming?, terms: TermsDecoder, currency: String?, probes: ProbeDecoder,
        customers: [String: String]?
    ) {
        (self.defaults, self.terms, self.currency) = (defaults, terms, currency)
        (self.probes, self.customers) = (probes, customers)
    }

    private static let keys =
        ["id", "customer", "groups", "price", "paid", "mode", "checks", "contract"] + keysOfOneCheck + CheckTiming.keys
        + ResponsibilityDecoder.keys
    private static let keysOfCheck = ["id"] + keysOfOneCheck + ["addresses"] + CheckTiming.keys
    /// What a service with several checks has not of its own.
    private static let keysOfOneCheck = ProbeDecoder.keys + ["counts"]

    /// Takes the services of one file.
    mutating func decode(_ field: Field) {
        guard !field.node.isNull else { return }
        for item in field.list(of: "services") ?? [] { decode(service: item) }
    }

    /// Takes one service.
    mutating func decode(service field: Field) {
        guard let section = field.section(Self.keys) else { return }
        let idField = section.required("id", "the service's identifier")
        let id = idField?.identifier()
        if let idField, let id { remember(id, idField) }
        let customerField = section.required("customer", "the identifier of its customer")
        let customer = customerField.flatMap { knownCustomer($0) }
        let paid = section.required("paid", "the terms that are paid for, as [{from: 2026-01-01, to: 2027-01-01}]")
            .map(terms.decode)
        let groups = section["groups"]?.list(of: "names of groups")?.compactMap { $0.identifier() } ?? []
        let price = section["price"]?.amount(in: currency)
        let mode = section["mode"]?.choice(CheckMode.self) ?? .all
        let checks = checks(section)
        let contract = section["contract"]?.contract()
        let responsibility = ResponsibilityDecoder.decode(section)
        guard let id, let customer, let paid, !checks.isEmpty else { return }
        services.append(
            Service(
                id: id, customer: customer, groups: Set(groups), price: price, paid: paid, mode: mode, checks: checks,
                responsibility: responsibility, contract: contract))
    }

    private mutating func remember(_ id: String, _ field: Field) {
        if let first = places[id] {
            field.report("a second service \(id), first at \(first)")
        } else {
            places[id] = field.place
        }
    }

    private mutating func knownCustomer(_ field: Field) -> String? {
        guard let id = field.identifier() else { return nil }
        guard let customers, customers[id] == nil else { return id }
        // To look for a near name is slow, and thousands of unknown customers are no slips of the hand.
        suggestions -= 1
        let nearest = suggestions >= 0 ? nearestName(to: id, among: customers.keys) : nil
        return field.expected("the identifier of a customer", nearest: nearest)
    }

    /// The checks of a service: those it lists, or the one that it is itself.
    private func checks(_ section: Section) -> [Check] {
        let timing = CheckTiming(section)
        guard let list = section["checks"] else {
            guard let address = section.required("url", "an address, or checks with one each") else { return [] }
            return check(section, address: address, id: Check.defaultID, levels: [timing]).map { [$0] } ?? []
        }
        for key in Self.keysOfOneCheck {
            section[key]?.report("a service with checks has no \(key) of its own, expected it in one of them")
        }
        if let addresses = section["addresses"], let selection = addresses.addressSelection {
            addresses.report(
                "a service with checks has no addresses: \(selection.rawValue) of its own, expected it in one of them")
        }
        guard let items = list.list(of: "checks, as {id: web, url: \"https://acme.example/\"}") else { return [] }
        guard !items.isEmpty else {
            list.report("an empty list, expected at least one check")
            return []
        }
        var places: [String: String] = [:]
        return items.compactMap { item in
            guard let section = item.section(Self.keysOfCheck) else { return nil }
            let idField = section.required("id", "the check's identifier")
            let id = idField?.identifier()
            if let idField, let id {
                if let first = places[id] { idField.report("a second check \(id), first at \(first)") }
                places[id] = places[id] ?? idField.place
            }
            if let addresses = section["addresses"], addresses.addressSelection == nil {
                _ = addresses.choice(AddressSelection.self)
            }
            guard let address = section.required("url", "an address, as https://acme.example/") else { return nil }
            let check = check(section, address: address, id: id ?? "", levels: [timing, CheckTiming(section)])
            return id == nil ? nil : check
        }
    }

    private func check(_ section: Section, address: Field, id: String, levels: [CheckTiming]) -> Check? {
        let timing = CheckTiming.resolve([defaults].compactMap { $0 } + levels)
        let counts = section["counts"]?.flag() ?? true
        guard let probe = probes.decode(section, address: address) else { return nil }
        return Check(
            id: id, interval: timing.interval, timeout: timing.timeout, retryInterval: timing.retryInterval,
            confirm: timing.confirm, staleAfter: timing.staleAfter, counts: counts, probe: probe)
    }
}
