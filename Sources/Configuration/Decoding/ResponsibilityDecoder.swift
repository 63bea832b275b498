import Addresses
import SLA

/// Reads who answers for what a service depends on: `addresses`, `certificate`, `carrier`.
enum ResponsibilityDecoder {
    /// The keys that it reads.
    static let keys = ["addresses", "certificate", "carrier"]

    /// The responsibility that `section`, a service, says.
    static func decode(_ section: Section) -> Responsibility {
        Responsibility(
            addresses: section["addresses"].map(addresses) ?? [],
            certificate: section["certificate"]?.choice(Responsibility.Party.self),
            carrier: section["carrier"]?.identifier())
    }

    private static func addresses(_ field: Field) -> [String] {
        if field.addressSelection != nil { return [] }
        if case .scalar = field.node.content {
            let names = AddressSelection.allCases.map(\.rawValue).joined(separator: ", ")
            return field.expected("a list of addresses and blocks, as [10.0.0.0/8], or one of \(names)") ?? []
        }
        return field.networks().map(\.text)
    }
}

extension Field {
    /// The addresses and CIDR blocks in it, each as it is written; those that are none are reported and left out.
    func networks() -> [(text: String, network: Network)] {
        (list(of: "addresses and blocks, as [10.0.0.0/8]") ?? []).compactMap { item in
            guard case .scalar(let text, _) = item.node.content else { return item.expected("an address or a block") }
            do throws(Network.Mistake) {
                return (text, try Network(text))
            } catch {
                item.report("found \(item.found), \(error)")
                return nil
            }
        }
    }
}
