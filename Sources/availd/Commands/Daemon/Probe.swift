import ArgumentParser
import Configuration
import Foundation
import Intake
import Monitor
import Probing
import Reporting
import SLA
import UseCases

/// `availd probe`
struct Probe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One probe now, by the daemon's own code path.",
        discussion: """
            Nothing is recorded. The exit status is 0 where it was up, 1 where it was down, 69 where it could not be \
            told. Private addresses need probing.allow_addresses in the configuration, as they do for the daemon.

            EXAMPLES
              availd probe acme-web
              availd probe https://acme.example/
            """)

    @Argument(help: "A service of the configuration, or a URL.")
    var target: String

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        let configuration = try loadIfNeeded()
        let requests = try requests(configuration)
        let engine = try ProbeEngine(
            configuration: ProbeEngine.Configuration(
                policy: AddressPolicy(allowing: configuration?.allowAddresses ?? [])))
        var worst = SampleState.up
        for request in requests {
            let result = await engine.probe(request)
            try show(request, result)
            worst = Self.worse(worst, result.observation.sample.state)
        }
        switch worst {
        case .up: break
        case .down: throw ExitCode(1)
        case .unknown: throw ExitCode(ExitClass.unavailable.rawValue)
        }
    }

    private var isAddress: Bool { target.contains("://") }

    /// The configuration; for a URL, only where there is one.
    private func loadIfNeeded() throws -> Configuration? {
        let isDefault = config.path == ConfigurationOptions.defaultPath
        if isAddress, isDefault, !FileManager.default.fileExists(atPath: config.path) { return nil }
        // A URL brings no secrets with it.
        return try config.load(isAddress ? .ignored : .required)
    }

    private func requests(_ configuration: Configuration?) throws -> [ProbeRequest] {
        guard !isAddress, let configuration else {
            let specification: ProbeSpecification
            do {
                specification = try ProbeSpecification(address: target)
            } catch {
                throw Refusal(error.description, as: .usage)
            }
            let id = CheckID(service: target, check: Check.defaultID)
            let timeout = Check(probe: specification).timeout
            return [
                ProbeRequest(
                    check: id, specification: specification, timeout: timeout, customer: "", wantsCertificate: true)
            ]
        }
        let service = try configuration.catalog.requiredService(target)
        return service.checks.map { check in
            ProbeRequest(
                check: CheckID(service: service.id, check: check.id), specification: check.probe,
                timeout: check.timeout, customer: service.customer, wantsCertificate: true)
        }
    }

    private func show(_ request: ProbeRequest, _ result: ProbeResult) throws {
        var details: [(name: String, value: String)] = []
        if let status = result.status { details.append(("status", "\(status)")) }
        for hop in result.hops.dropLast() {
            details.append(("redirect", "\(hop.url) answered \(hop.status.map(String.init) ?? "nothing")"))
        }
        if let certificate = result.certificate {
            details.append(
                ("certificate", "\(certificate.subject), valid until \(RFC3339.text(certificate.notAfter, in: .utc))"))
        }
        let title = isAddress ? "" : "\(request.check)  "
        try Console.print(
            "\(title)\(request.specification.url)\n" + ProbeText.text(result.observation, details: details))
    }

    private static func worse(_ a: SampleState, _ b: SampleState) -> SampleState {
        if a == .down || b == .down { return .down }
        return a == .unknown || b == .unknown ? .unknown : .up
    }
}
