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
        var terms: [ScopeTerm] = []
        var mistakes = Mistakes(all: [])
        // By bytes, as the terms themselves are taken apart.
        for word in text.utf8.split(separator: UInt8(ascii: " ")).map({ String(decoding: $0, as: UTF8.self) }) {
            guard let term = ScopeTerm(word) else {
                mistakes.all.append(
                    ("found \(Diagnostic.quoted(word)), expected all, service:ID, customer:ID or group:NAME", nil))
                continue
            }
            if let mistake = mistake(in: term, catalog: catalog) { mistakes.all.append(mistake) }
            terms.append(term)
        }
        if terms.isEmpty, mistakes.all.isEmpty {
            mistakes.all.append(("found nothing, expected all, service:ID, customer:ID or group:NAME", nil))
        }
        return mistakes.all.isEmpty ? .success(terms) : .failure(mistakes)
    }

    private static func mistake(in term: ScopeTerm, catalog: Catalog) -> (message: String, nearest: String?)? {
        let (kind, name, names): (String, String, [String]) =
            switch term {
            case .all: ("", "", [""])
            case .service(let id): ("service", id, catalog.services.map(\.id))
            case .customer(let id): ("customer", id, catalog.customers.map(\.id))
            case .group(let group): ("group", group, Set(catalog.services.flatMap(\.groups)).sorted())
            }
        if names.contains(name) { return nil }
        let nearest = nearestName(to: name, among: names).map { "\(kind):\($0)" }
        return ("unknown \(kind) \(Diagnostic.quoted(name)), expected one of the configuration's", nearest)
    }
}
