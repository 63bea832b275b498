import SLA

/// The scope of an exclusion as people write it, held against the catalogue.
public enum ScopeText {
    /// What is wrong with a scope; file and line are the caller's.
    public struct Mistakes: Error, Sendable {
        /// At least one.
        public var all: [(message: String, nearest: String?)]
    }

    /// The terms of `text`: one or more of `all`, `service:ID`, `customer:ID`, `group:NAME`, separated by
    /// spaces, each naming something that `catalog` has.
    public static func terms(_ text: String, catalog: Catalog) -> Result<[ScopeTerm], Mistakes> {
        terms(text, expected: "all, service:ID, customer:ID or group:NAME", { ScopeTerm($0) }) {
            mistake(in: $0, catalog: catalog)
        }
    }

    /// The terms of the scope of a correction of `kind`: those of services, and of a void also `check:SERVICE/CHECK`,
    /// `vantage:NAME`, `family:ipv4`, `family:ipv6`.
    public static func terms(
        _ text: String, of kind: Correction.Kind, catalog: Catalog
    ) -> Result<[CorrectionTerm], Mistakes> {
        let expected =
            kind == .downtime
            ? "all, service:ID, customer:ID or group:NAME: a service is down, not a part of its measurement"
            : "all, service:ID, customer:ID, group:NAME, check:SERVICE/CHECK, family:ipv4 or family:ipv6"
        return terms(text, expected: expected) { word in
            guard let term = CorrectionTerm(word) else { return nil }
            if case .services = term { return term }
            return kind == .void ? term : nil
        } mistake: { term in
            switch term {
            case .services(let services): mistake(in: services, catalog: catalog)
            case .check(let id): mistake(in: id, catalog: catalog)
            case .vantage(let name): mistake(inVantage: name, catalog: catalog)
            case .family, .unaddressed: nil
            }
        }
    }

    private static func terms<Term>(
        _ text: String, expected: String, _ read: (String) -> Term?,
        mistake: (Term) -> (message: String, nearest: String?)?
    ) -> Result<[Term], Mistakes> {
        var terms: [Term] = []
        var mistakes = Mistakes(all: [])
        // By bytes, as the terms themselves are taken apart.
        for word in text.utf8.split(separator: UInt8(ascii: " ")).map({ String(decoding: $0, as: UTF8.self) }) {
            guard let term = read(word) else {
                mistakes.all.append(("found \(Diagnostic.quoted(word)), expected \(expected)", nil))
                continue
            }
            if let mistake = mistake(term) { mistakes.all.append(mistake) }
            terms.append(term)
        }
        if terms.isEmpty, mistakes.all.isEmpty { mistakes.all.append(("found nothing, expected \(expected)", nil)) }
        return mistakes.all.isEmpty ? .success(terms) : .failure(mistakes)
    }

    private static func mistake(
        inVantage name: String, catalog: Catalog
    ) -> (message: String, nearest: String?)? {
        let unknown = "unknown vantage point \(Diagnostic.quoted(name))"
        let names = Set(catalog.services.flatMap { $0.rules.viewpoints.compactMap(\.vantage) }).sorted()
        if names.isEmpty { return ("\(unknown): the daemon's own is the only one", nil) }
        if names.contains(name) { return nil }
        return (
            "\(unknown), expected \(names.joined(separator: ", "))",
            nearestName(to: name, among: names).map { "vantage:\($0)" }
        )
    }

    private static func mistake(in id: CheckID, catalog: Catalog) -> (message: String, nearest: String?)? {
        guard let service = catalog.service(id.service) else {
            return mistake(in: .service(id.service), catalog: catalog)
        }
        if service.checks.contains(where: { $0.id == id.check }) { return nil }
        let names = service.rules.checks
        if names.contains(id.check) { return nil }
        return (
            "unknown check \(Diagnostic.quoted(id.check)) of \(id.service), expected \(names.joined(separator: ", "))",
            nearestName(to: id.check, among: names).map { "check:\(id.service)/\($0)" }
        )
    }

    private static func mistake(in term: ScopeTerm, catalog: Catalog) -> (message: String, nearest: String?)? {
        // A file may have as many rows as there are services: each name is looked up, and compared only where it is none.
        let (kind, name, names): (String, String, () -> [String])
        switch term {
        case .all: return nil
        case .service(let id):
            if catalog.service(id) != nil { return nil }
            (kind, name, names) = ("service", id, { catalog.services.map(\.id) })
        case .customer(let id):
            if catalog.everyCustomer.contains(id) { return nil }
            (kind, name, names) = ("customer", id, { catalog.everyCustomer.sorted() })
        case .group(let group):
            if catalog.everyGroup.contains(group) { return nil }
            (kind, name, names) = ("group", group, { catalog.everyGroup.sorted() })
        }
        let nearest = nearestName(to: name, among: names()).map { "\(kind):\($0)" }
        return ("unknown \(kind) \(Diagnostic.quoted(name)), expected one of the configuration's", nearest)
    }
}
