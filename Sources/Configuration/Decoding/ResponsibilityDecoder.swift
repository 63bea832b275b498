import SLA

/// Reads who answers for what a service depends on: `addresses`, `certificate`, `carrier`.
enum ResponsibilityDecoder {
    /// The keys that it reads.
    static let keys = ["addresses", "certificate", "carrier"]

    /// The responsibility that `section`, a service, says.
    static func decode(_ section: Section) -> Responsibility {
        Responsibility(
            addresses: section["addresses"].map(NetworkAddress.blocks) ?? [],
            certificate: section["certificate"]?.choice(Responsibility.Party.self),
            carrier: section["carrier"]?.identifier())
    }
}

extension NetworkAddress {
    /// The addresses and CIDR blocks in `field`, those that are none reported and left out.
    static func blocks(_ field: Field) -> [String] {
        (field.list(of: "addresses and blocks, as [10.0.0.0/8]") ?? []).compactMap { item in
            guard case .scalar(let text, _) = item.node.content else { return item.expected("an address or a block") }
            if let mistake = mistake(inBlock: text) {
                item.report("found \(item.found), \(mistake)")
                return nil
            }
            return text
        }
    }
}
