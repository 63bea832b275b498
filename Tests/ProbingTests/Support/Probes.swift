import Addresses
import Foundation
import SLA
import Wording

@testable import Probing

/// Swift Testing has a type of the name `Expectation`, too.
typealias Expected = SLA.Expectation

/// An engine that may speak to loopback.
func engine(
    limits: ProbeLimits = ProbeLimits(), allowing: [String] = ["127.0.0.0/8", "::1/128"], names: NameServer? = nil
) throws -> ProbeEngine {
    let configuration = ProbeEngine.Configuration(
        policy: try AddressPolicy(allowing: allowing.map(Network.init)), limits: limits,
        caFile: try Certificates.shared.get().caFile)
    return try ProbeEngine(configuration: configuration, nameServers: names?.servers)
}

/// A request by URL, with everything else as the tests mostly want it.
func request(
    _ url: String, timeout: Milliseconds = 600_000, customer: String = "acme", family: AddressFamily = .any,
    method: String = "GET", headers: [ProbeSpecification.Header] = [], body: String? = nil,
    authentication: Authentication = .none, redirects: Int = 0,
    bodyLimit: Int = ProbeSpecification.standardBodyLimit, expect: Expected = Expected(), certificate: Bool = false,
    addresses: AddressSelection = .any, connectTo: String? = nil
) throws -> ProbeRequest {
    guard let parts = URLComponents(string: url), let scheme = ProbeScheme(rawValue: parts.scheme ?? ""),
        let host = parts.host, let port = parts.port ?? scheme.defaultPort
    else { throw TestFailure("not a URL: \(url)") }
    let specification = ProbeSpecification(
        url: url, scheme: scheme, host: host.trimmingCharacters(in: ["[", "]"]), port: port, family: family,
        method: method, headers: headers, body: body, authentication: authentication, maximumRedirects: redirects,
        bodyLimit: bodyLimit, expect: expect, addresses: addresses, connectTo: connectTo)
    return ProbeRequest(
        check: CheckID(service: "acme-web", check: "default"), specification: specification, timeout: timeout,
        customer: customer, wantsCertificate: certificate)
}

extension ProbeResult {
    var state: SampleState { observation.sample.state }
    var cause: String? { observation.cause?.english }
}

/// An outcome as a person reads it.
struct WordedOutcome: Equatable {
    var state: SampleState
    var cause: String?

    static let up = WordedOutcome(state: .up, cause: nil)

    static func down(_ cause: String) -> WordedOutcome { WordedOutcome(state: .down, cause: cause) }

    static func unknown(_ cause: String) -> WordedOutcome { WordedOutcome(state: .unknown, cause: cause) }
}

extension ProbeOutcome {
    var worded: WordedOutcome { WordedOutcome(state: state, cause: cause?.english) }
}

/// A port of loopback on which nobody listens: it was free a moment ago.
func closedPort() throws -> Int {
    let server = try LoopbackServer { _ in }
    server.stop()
    return server.port
}

/// The results of all `requests`, made at once.
func probeAll(_ engine: ProbeEngine, _ requests: [ProbeRequest]) async -> [ProbeResult] {
    await withTaskGroup(of: ProbeResult.self) { group in
        for request in requests { group.addTask { await engine.probe(request) } }
        return await group.reduce(into: []) { $0.append($1) }
    }
}

/// How many sockets of this machine still lead to a port of loopback and are held by a process. All the
/// process's descriptors cannot be counted, for other tests run beside this one.
func openSockets(to port: Int, in table: String = "tcp") throws -> Int {
    let end = ":" + String(format: "%04X", port)
    return try String(contentsOfFile: "/proc/self/net/\(table)", encoding: .utf8).split(separator: "\n").filter {
        line in
        let fields = line.split(separator: " ")
        return fields.count > 9 && fields[2].hasSuffix(end) && fields[9] != "0"
    }.count
}

/// Waits until `condition` holds, generously.
func eventually(_ condition: () async -> Bool) async throws {
    for _ in 0..<3000 {
        if await condition() { return }
        try await Task.sleep(for: .milliseconds(10))
    }
    throw TestFailure("it never came to hold")
}
