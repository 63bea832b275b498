import SLA
import Wording

/// What probes saw that were made at once.
public struct ProbeDocument: Document {
    /// One probe.
    public struct Probe: Sendable {
        /// What was probed.
        public let url: String
        /// What it saw.
        public let observation: Observation
        /// The status of the answer; nil where there is none.
        public let status: Int?
        /// The redirects that were followed: each URL, and the status it answered with.
        public let redirects: [(url: String, status: Int?)]
        /// The certificate that was shown: whose it is, and until when it is valid.
        public let certificate: (subject: String, notAfter: Instant)?

        /// A probe of `url`.
        public init(
            url: String, observation: Observation, status: Int?, redirects: [(url: String, status: Int?)],
            certificate: (subject: String, notAfter: Instant)?
        ) {
            self.url = url
            self.observation = observation
            self.status = status
            self.redirects = redirects
            self.certificate = certificate
        }
    }

    private let probes: [Probe]
    private let references: [Probe]
    private let isOfService: Bool
    private let zone: TimeZoneRules

    /// What `probes` saw.
    ///
    /// - Parameters:
    ///   - references: what references were found with that were asked because a probe was not up.
    ///   - isOfService: whether they are those of a service; else of a URL that has none.
    ///   - zone: of the instants for programs.
    public init(_ probes: [Probe], references: [Probe] = [], isOfService: Bool, zone: TimeZoneRules = .utc) {
        self.probes = probes
        self.references = references
        self.isOfService = isOfService
        self.zone = zone
    }

    /// The state of all together: down where one was down, unknown where one could not be told.
    public var state: SampleState {
        let states = Set(probes.map(\.observation.sample.state))
        return states.contains(.down) ? .down : states.contains(.unknown) ? .unknown : .up
    }

    /// Each with its phases; where references were asked, a line about them.
    public var text: String {
        probes.map { probe in
            let title = isOfService ? "\(probe.observation.check)  " : ""
            return "\(title)\(probe.url)\n" + ProbeText.text(probe.observation, details: Self.details(probe))
        }.joined() + sight
    }

    private var sight: String {
        if references.isEmpty { return "" }
        let silent = references.filter { $0.observation.sample.state != .up }
        let names = silent.map { "\($0.url) (\($0.observation.cause?.english ?? "no answer"))" }
        return "references: \(references.count - silent.count) of \(references.count) answer"
            + (names.isEmpty ? "" : ", not " + names.joined(separator: ", ")) + "\n"
    }

    private static func details(_ probe: Probe) -> [(name: String, value: String)] {
        var details: [(name: String, value: String)] = []
        if let status = probe.status { details.append(("status", "\(status)")) }
        for hop in probe.redirects {
            details.append(("redirect", "\(hop.url) answered \(hop.status.map(String.init) ?? "nothing")"))
        }
        if let certificate = probe.certificate {
            details.append(
                ("certificate", "\(certificate.subject), valid until \(RFC3339.text(certificate.notAfter, in: .utc))"))
        }
        return details
    }

    /// The same; a service and a check only where they are in the configuration.
    public var json: JSONObject {
        JSONObject(
            "probe",
            [
                "state": .text(state.name),
                "references": .list(
                    references.map { probe in
                        .object([
                            "url": .text(probe.url), "state": .text(probe.observation.sample.state.name),
                            "cause": JSONValue(probe.observation.cause?.english),
                        ])
                    }),
                "probes": .list(
                    probes.map { probe in
                        let observation = probe.observation
                        var members: [String: JSONValue] = [
                            "service": isOfService ? .text(observation.check.service) : .null,
                            "check": isOfService ? .text(observation.check.check) : .null,
                            "url": .text(probe.url), "at": .instant(observation.sample.at, zone),
                            "state": .text(observation.sample.state.name),
                            "cause": JSONValue(observation.cause?.english),
                            "address": JSONValue(observation.address),
                            "status": JSONValue(number: probe.status.map { String($0) }),
                            "redirects": .list(
                                probe.redirects.map { hop in
                                    .object([
                                        "url": .text(hop.url),
                                        "status": JSONValue(number: hop.status.map { String($0) }),
                                    ])
                                }),
                            "certificate": probe.certificate.map {
                                .object(["subject": .text($0.subject), "not_after": .instant($0.notAfter, zone)])
                            } ?? .null,
                        ]
                        for (name, length) in Self.phases(observation) {
                            members[name] = JSONValue(number: length)
                        }
                        return .object(members)
                    }),
            ])
    }

    /// A row a probe.
    public var csv: String {
        CSVWriter.table(
            ["service", "check", "url", "at", "state", "cause", "address", "status"] + Self.phaseColumns,
            probes.map { probe in
                let observation = probe.observation
                return [
                    isOfService ? observation.check.service : "", isOfService ? observation.check.check : "", probe.url,
                    RFC3339.text(observation.sample.at, in: zone), observation.sample.state.name,
                    observation.cause?.english ?? "", observation.address ?? "", probe.status.map { String($0) } ?? "",
                ] + Self.phases(observation).map { $0.length ?? "" }
            })
    }

    private static let phaseColumns = ["name_ended_s", "connect_ended_s", "tls_ended_s", "first_byte_s", "total_s"]

    /// When each phase had ended, in seconds since the probe began; nil where it was not reached.
    private static func phases(_ observation: Observation) -> [(name: String, length: String?)] {
        let phases = observation.phases
        let ends = [phases.name, phases.connect, phases.tls, phases.firstByte, phases.total]
        return zip(phaseColumns, ends).map { (name: $0, length: $1.map(seconds)) }
    }

    /// Microseconds as seconds with six decimals.
    private static func seconds(_ microseconds: Int64) -> String {
        let fraction = String(microseconds % 1_000_000 + 1_000_000).dropFirst()
        return "\(microseconds / 1_000_000).\(fraction)"
    }
}
