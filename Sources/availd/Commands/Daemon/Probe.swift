import ArgumentParser
import Configuration
import Foundation
import Intake
import Probing
import Reporting
import SLA
import UseCases

/// `availd probe`
struct Probe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One probe now, by the daemon's own code path.",
        discussion: """
            Nothing is recorded. Where it is not up, the references of the configuration are asked as well: is it the \
            service, or is it us? The exit status is 0 where it was up, 1 where it was down, 69 where it could not be \
            told. Private addresses need probing.allow_addresses in the configuration, as they do for the daemon.

            EXAMPLES
              availd probe acme-web
              availd probe https://acme.example/
            """)

    @Argument(help: "A service of the configuration, or a URL.")
    var target: String

    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        let configuration = try loadIfNeeded()
        let engine = try ProbeEngine(
            configuration: ProbeEngine.Configuration(
                policy: AddressPolicy(allowing: configuration?.allowAddresses ?? [])))
        let trial = await engine.trial(
            of: try requests(configuration), references: (configuration?.references ?? []).map { ProbeRequest($0) })
        let document = ProbeDocument(
            trial.findings.map(Self.shown), references: trial.references.map(Self.shown), isOfService: !isAddress,
            zone: configuration?.catalog.agreement.calendar.zone ?? .utc)
        try reading.output.print(document)
        switch document.state {
        case .up: break
        case .down: throw ExitCode(1)
        case .unknown: throw ExitCode(ExitClass.unavailable.rawValue)
        }
    }

    private var isAddress: Bool { target.contains("://") }

    /// The configuration; for a URL, only where there is one.
    private func loadIfNeeded() throws -> Configuration? {
        let isDefault = reading.config.path == ConfigurationOptions.defaultPath
        if isAddress, isDefault, !FileManager.default.fileExists(atPath: reading.config.path) { return nil }
        // A URL brings no secrets with it.
        return try reading.config.load(isAddress ? .ignored : .required)
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
        return service.checks.map { ProbeRequest($0, of: service, wantsCertificate: true) }
    }

    private static func shown(_ finding: ProbeTrial.Finding) -> ProbeDocument.Probe {
        let (request, result) = finding
        return ProbeDocument.Probe(
            url: request.specification.url, observation: result.observation, status: result.status,
            redirects: result.hops.dropLast().map { ($0.url, $0.status) },
            certificate: result.certificate.map { ($0.subject, $0.notAfter) })
    }
}
