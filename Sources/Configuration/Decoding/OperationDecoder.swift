import Addresses
import SLA

/// Reads what concerns the monitor rather than the contract: `provider`, `probing`, `state_directory`, `alerts`.
enum OperationDecoder {
    /// The provider in `field`.
    static func provider(_ field: Field?) -> Configuration.Provider {
        guard let section = field?.section(["name", "contacts"]) else {
            return Configuration.Provider(name: "", contacts: [])
        }
        let contacts = section["contacts"]?.entries(of: "ways to reach the provider") ?? []
        return Configuration.Provider(
            name: section["name"]?.text("the provider's name") ?? "",
            contacts: contacts.compactMap { kind, value in
                value.text("a number, an address or a name").map { .init(kind: kind, value: $0) }
            })
    }

    /// What `probing` in `field` says: the addresses that it allows, and how many bytes of a body are read.
    static func probing(_ field: Field?) -> (allowAddresses: [Network], bodyLimit: Int) {
        let section = field?.section(["allow_addresses", "body_limit"])
        return (
            section?["allow_addresses"]?.networks().map(\.network) ?? [],
            section?["body_limit"]?.size(ProbeDecoder.bodyLimits) ?? ProbeSpecification.standardBodyLimit
        )
    }

    /// The directory that `field` names, else the first that systemd gave, else the usual one.
    static func stateDirectory(_ field: Field?, environment: [String: String]) -> String {
        let given = environment["STATE_DIRECTORY"]?.split(separator: ":").first.map(String.init)
        guard let field else { return given ?? "/var/lib/availd" }
        return field.value("an absolute path, as /var/lib/availd") { text in
            text.hasPrefix("/") && !text.hasControlCharacters ? text : nil
        } ?? ""
    }

    /// The settings of syslog in `field`.
    static func syslog(_ field: Field?) -> Configuration.Syslog {
        let section = field?.section(["syslog"])?["syslog"]?.section(["facility", "identifier"])
        let identifier = section?["identifier"]?.value("1 to 48 letters, digits and \".\", \"_\", \"-\"") { text in
            PlainName.isValid(text) && text.utf8.count <= 48 ? text : nil
        }
        return Configuration.Syslog(
            facility: section?["facility"]?.choice(SyslogFacility.self) ?? .daemon, identifier: identifier ?? "availd")
    }
}
