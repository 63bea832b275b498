import Addresses
import Foundation
import Glibc
import Probing
import SLA

/// What it costs to look into a page: makes N probes of URL, one after the other, that expect nothing of the body, two
/// texts that are not in it, and a pattern that matches at its end, and prints the CPU time of one of each, in ms.
@main
struct TextBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let parts = URLComponents(string: arguments[1]), let host = parts.host,
            let count = Int(arguments[3])
        else {
            FileHandle.standardError.write(Data("usage: text-benchmark URL PATTERN N\n".utf8))
            exit(64)
        }
        let policy = try AddressPolicy(allowing: [Network("127.0.0.0/8")])
        let engine = try ProbeEngine(configuration: .init(policy: policy))
        let expectations = [
            Expectation(), Expectation(bodyNotContains: ["không có ở đây", "nowhere in it"]),
            Expectation(bodyMatches: arguments[2]),
        ]
        var figures: [String] = []
        for expectation in expectations {
            let request = ProbeRequest(
                check: CheckID(service: "benchmark", check: "default"),
                specification: ProbeSpecification(
                    url: arguments[1], scheme: .http, host: host, port: parts.port ?? 80, expect: expectation),
                timeout: 60_000, customer: "benchmark", isSlow: false)
            // The first one loads what the others use.
            _ = await engine.probe(request)
            let begun = clock()
            for _ in 0..<count {
                let result = await engine.probe(request)
                guard result.observation.sample.state == .up else {
                    FileHandle.standardError.write(Data("\(result)\n".utf8))
                    exit(1)
                }
            }
            figures.append(
                String(format: "%6.2f", Double(clock() - begun) * 1000 / Double(CLOCKS_PER_SEC) / Double(count)))
        }
        print(figures.joined(separator: " "))
    }
}
