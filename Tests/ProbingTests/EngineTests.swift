import Foundation
import SLA
import Testing

@testable import Probing

@Suite struct EngineTests {
    @Test func aThousandAtOnceFinishAndLeaveNothingBehind() async throws {
        let server = try LoopbackServer { $0.answer(body: "Acme") }
        let engine = try engine(limits: ProbeLimits(inFlight: 200))
        let requests = try (0..<1000).map {
            try request(server.url, customer: "c\($0 % 7)", expect: Expected(bodyContains: ["Acme"]))
        }
        let results = await probeAll(engine, requests)
        #expect(results.count == 1000)
        #expect(results.compactMap(\.cause).isEmpty)
        #expect(await engine.open == 0)
        #expect(await engine.inFlight == 0)
        #expect(server.accepted == 1000)
        #expect(try openSockets(to: server.port) == 0)
    }

    /// References are asked only where something is not up.
    @Test func aTrialAsksWhetherItIsUs() async throws {
        let (good, bad) = (try LoopbackServer { $0.answer(body: "Acme") }, try closedPort())
        let engine = try engine()
        let reference = try request(good.url)
        let fine = await engine.trial(of: [try request(good.url)], references: [reference])
        #expect(fine.isUp && fine.findings.count == 1 && fine.references.isEmpty)
        let mixed = await engine.trial(
            of: [try request(good.url), try request("http://127.0.0.1:\(bad)/")], references: [reference])
        #expect(!mixed.isUp && mixed.findings.map(\.result.state) == [.up, .down])
        #expect(mixed.references.map(\.result.state) == [.up])
    }

    @Test func whatIsInFlightEndsAsUnknown() async throws {
        let server = try LoopbackServer { $0.hang() }
        let names = try NameServer(["silent.test": .silence])
        let engine = try engine(limits: ProbeLimits(inFlight: 2), names: names)
        let results = Seen()
        for _ in 0..<4 { engine.probe(try request(server.url)) { results.add("\($0.state) \($0.cause ?? "")") } }
        try await eventually { server.accepted == 2 }
        // Asked last, so that the resolver has not given up by itself when everything is ended.
        engine.probe(try request("http://silent.test/")) { results.add("\($0.state) \($0.cause ?? "")") }
        await engine.cancelAll()
        #expect(results.all == Array(repeating: "unknown monitor stopping", count: 5))
        #expect(await engine.open == 0)
    }

    @Test func drainingLetsFinishWhatBegan() async throws {
        let gate = Seen()
        let server = try LoopbackServer { connection in
            while gate.all.isEmpty { usleep(5000) }
            connection.answer()
        }
        let engine = try engine(limits: ProbeLimits(inFlight: 1))
        let results = Seen()
        for _ in 0..<3 { engine.probe(try request(server.url)) { results.add($0.cause ?? "up") } }
        try await eventually { server.accepted == 1 }
        async let drained: Void = engine.drain(within: 60_000)
        try await eventually { results.all.count == 2 }
        gate.add("open")
        await drained
        #expect(results.all == ["monitor stopping", "monitor stopping", "up"])
        #expect(try await engine.probe(request(server.url)).cause == "monitor stopping")
    }

    @Test func drainingEndsWhatTakesTooLong() async throws {
        let server = try LoopbackServer { $0.hang() }
        let engine = try engine()
        let results = Seen()
        engine.probe(try request(server.url, timeout: 600_000)) { results.add($0.cause ?? "up") }
        try await eventually { server.accepted == 1 }
        await engine.drain(within: 50)
        #expect(results.all == ["monitor stopping"])
    }

    @Test func anEngineWithoutTrustedCertificatesIsNotMade() {
        let configuration = ProbeEngine.Configuration(caFile: "/nonexistent/ca.pem")
        #expect(throws: ProbeEngineError.trustStore(path: "/nonexistent/ca.pem", errno: ENOENT)) {
            try ProbeEngine(configuration: configuration)
        }
    }

    @Test func anEngineThatIsLetGoStillAnswersAndThenIsGone() async throws {
        let server = try LoopbackServer { $0.answer() }
        let results = Seen()
        weak var kept: ProbeEngine?
        do {
            let engine = try engine()
            kept = engine
            engine.probe(try request(server.url)) { results.add($0.cause ?? "up") }
        }
        try await eventually { results.all == ["up"] }
        try await eventually { kept == nil }
    }
}
