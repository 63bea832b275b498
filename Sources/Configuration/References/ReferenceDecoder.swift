import Addresses
import SLA

/// Reads `probing.references`: what is asked whether the monitor sees at all (semantics §10).
struct ReferenceDecoder {
    /// The provider's networks and zones, in which no reference may lie: what fails together with the services says
    /// nothing about sight.
    let networks: [Network]
    let zones: [String]

    /// The references in `field`, each over every family that it can be asked over and that is in use, in the rhythm of
    /// the busiest of `checks`.
    func decode(_ field: Field?, beside checks: [Check]) -> [Reference] {
        guard let items = field?.list(of: "addresses, as [\"https://www.example.net/\"]") else { return [] }
        let rhythm = Reference.rhythm(beside: checks)
        let inUse = FamiliesInUse(checks)
        var known: Set<String> = []
        var references: [Reference] = []
        for item in items {
            guard let url = url(item) else { continue }
            guard known.insert(url.text).inserted else {
                item.report("\(url.text) a second time")
                continue
            }
            let probe = ProbeSpecification(url: url.text, scheme: url.scheme, host: url.host, port: url.port)
            let check = Check(
                interval: rhythm.interval, timeout: rhythm.timeout, retryInterval: rhythm.retryInterval, probe: probe)
            let literal = IPFamily(host: url.host)
            let families = literal.map { [$0] } ?? IPFamily.allCases.filter(inUse.isPossible)
            references += families.map { Reference(check, family: $0, isNamed: literal == nil) }
        }
        return references
    }

    private func url(_ field: Field) -> ProbeURL? {
        guard case .scalar(let text, _) = field.node.content else {
            return field.expected("an address, as https://www.example.net/ or tcp://192.0.2.53:53")
        }
        let url: ProbeURL
        do {
            url = try ProbeURL(text)
        } catch {
            field.report(error.message, nearest: error.nearest)
            return nil
        }
        if let own = networks.first(holding: url.host) {
            field.report("\(url.host) lies in provider.networks (\(own)), expected a target outside our network")
            return nil
        }
        // A final dot says that the name is whole.
        let name = url.host.hasSuffix(".") ? String(url.host.dropLast()) : url.host
        if let own = zones.first(where: { name == $0 || name.hasSuffix("." + $0) }) {
            field.report("\(url.host) lies in provider.zones (\(own)), expected a name that others serve")
            return nil
        }
        return url
    }
}

extension [Network] {
    /// The first in which the address that `text` is lies, or the IPv4 address that it stands for; nil where there is
    /// none, or it is no address.
    func first(holding text: String) -> Network? {
        guard let address = IPAddress(text) else { return nil }
        return first { network in network.contains(address) || address.embedded.map(network.contains) ?? false }
    }
}

/// The families over which checks speak.
struct FamiliesInUse {
    private var certain: Set<IPFamily> = []
    private var possible: Set<IPFamily> = []

    /// Those of `checks`.
    init(_ checks: [Check]) {
        for check in checks {
            switch (IPFamily(host: check.probe.host), check.probe.family) {
            case (let literal?, _): certain.insert(literal)
            case (nil, .ipv4): certain.insert(.ipv4)
            case (nil, .ipv6): certain.insert(.ipv6)
            // It depends on the addresses that the name has, of which there are seldom none of IPv4.
            case (nil, .any):
                certain.insert(.ipv4)
                possible.insert(.ipv6)
            }
        }
    }

    /// Whether checks speak over `family` for certain.
    func isCertain(_ family: IPFamily) -> Bool { certain.contains(family) }

    /// Whether checks may speak over `family`; where there are no checks, anything may be.
    func isPossible(_ family: IPFamily) -> Bool {
        certain.contains(family) || possible.contains(family) || certain.isEmpty
    }
}

extension IPFamily {
    /// The family of the address that `host` is; nil where it is a name.
    init?(host: String) {
        switch IPAddress(host)?.family {
        case .ipv4: self = .ipv4
        case .ipv6: self = .ipv6
        case nil: return nil
        }
    }
}
