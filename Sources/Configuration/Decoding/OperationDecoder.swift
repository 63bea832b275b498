import Addresses
import SLA

/// Reads what concerns the monitor rather than the contract: `provider`, `probing`, `state_directory`, `alerts`.
enum OperationDecoder {
    /// The provider in `field`.
    static func provider(_ field: Field?) -> Configuration.Provider {
        guard let section = field?.section(["name", "contacts", "networks", "zones"]) else {
            return Configuration.Provider(name: "", contacts: [], networks: [], zones: [])
        }
        let contacts = section["contacts"]?.entries(of: "ways to reach the provider") ?? []
        return Configuration.Provider(
            name: section["name"]?.text("the provider's name") ?? "",
            contacts: contacts.compactMap { kind, value in
                value.text("a number, an address or a name").map { .init(kind: kind, value: $0) }
            }, networks: section["networks"]?.networks().map(\.network) ?? [], zones: zones(section["zones"]))
    }

    private static func zones(_ field: Field?) -> [String] {
        (field?.list(of: "domain names, as [example.vn]") ?? []).compactMap { item in
            item.value("a domain name, as example.vn") { text in
                let name = text.hasSuffix(".") ? String(text.dropLast()) : text
                guard let host = try? ProbeHost.parse(Substring(name)), IPFamily(host: host) == nil else { return nil }
                return host
            }
        }
    }

    /// What `probing` in `field` says: the addresses that it allows, how many bytes of a body are read, and where the
    /// references are, which are read when the services are known.
    static func probing(_ field: Field?) -> (allowAddresses: [Network], bodyLimit: Int, references: Field?) {
        let section = field?.section(["allow_addresses", "body_limit", "references"])
        return (
            section?["allow_addresses"]?.networks().map(\.network) ?? [],
            section?["body_limit"]?.size(ProbeDecoder.bodyLimits) ?? ProbeSpecification.standardBodyLimit,
            section?["references"]
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

    /// How events are written to syslog, and which of those that are a matter of taste, as `alerts` in `field` says.
    static func alerts(_ field: Field?) -> (syslog: Configuration.Syslog, announcing: AnnouncingRules) {
        let section = field?.section(["syslog", "flapping"])
        return (
            syslog(section?["syslog"]),
            AnnouncingRules(flapping: section?["flapping"].map(flapping) ?? .standard)
        )
    }

    /// When it is said that a service flaps; nil for never.
    private static func flapping(_ field: Field) -> FlappingLimit? {
        if case .scalar = field.node.content {
            let isOff = field.value("a mapping of transients, or off") { $0 == "off" ? true : nil }
            return isOff == true ? nil : .standard
        }
        let transients = field.section(["transients"])?.required("transients", "how many a day, as {transients: 10}")
        return transients?.integer(FlappingLimit.range).map(FlappingLimit.init) ?? .standard
    }

    private static func syslog(_ field: Field?) -> Configuration.Syslog {
        let section = field?.section(["facility", "identifier"])
        let identifier = section?["identifier"]?.value("1 to 48 letters, digits and \".\", \"_\", \"-\"") { text in
            PlainName.isValid(text) && text.utf8.count <= 48 ? text : nil
        }
        return Configuration.Syslog(
            facility: section?["facility"]?.choice(SyslogFacility.self) ?? .daemon, identifier: identifier ?? "availd")
    }
}
