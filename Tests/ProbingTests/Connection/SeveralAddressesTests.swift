import Addresses
import SLA
import Testing

@testable import Probing

/// Names with several addresses: one that answers is enough, unless each is wanted.
@Suite struct SeveralAddressesTests {
    private func names(_ v4: [String], v6: [String] = []) throws -> NameServer {
        try NameServer(["acme.test": .addresses(v4: v4, v6: v6, ttl: 0)])
    }

    @Test func theNextIsTriedWhereOneRefuses() async throws {
        let server = try LoopbackServer(on: "127.0.0.3") { $0.answer() }
        let names = try names(["127.0.0.1", "127.0.0.2", "127.0.0.3"])
        let engine = try engine(names: names)
        let result = try await engine.probe(request("http://acme.test:\(server.port)/"))
        #expect(result.cause == nil)
        #expect(result.observation.address == "127.0.0.3")
        let phases = result.observation.phases
        #expect(try #require(phases.name) <= #require(phases.connect))
        #expect(try #require(phases.connect) <= #require(phases.firstByte))
    }

    /// A listener that answers nobody leaves time for the next.
    @Test func theNextIsTriedWhereOneHangs() async throws {
        let full = try FullServer()
        let server = try LoopbackServer(on: "127.0.0.2", port: full.port) { $0.answer() }
        let names = try names(["127.0.0.1", "127.0.0.2"])
        let engine = try engine(names: names)
        let result = try await engine.probe(request("http://acme.test:\(server.port)/", timeout: 30_000))
        #expect(result.cause == nil)
        #expect(result.observation.address == "127.0.0.2")
        // Also where the whole probe has little time.
        let quick = try await engine.probe(request("http://acme.test:\(server.port)/", timeout: 3000))
        #expect(quick.observation.address == "127.0.0.2")
        // And where there is one socket for each probe, and no more.
        let poor = try ProbingTests.engine(limits: ProbeLimits(besides: 0), names: names)
        let narrow = try await poor.probe(request("http://acme.test:\(server.port)/", timeout: 30_000))
        #expect(narrow.observation.address == "127.0.0.2")
    }

    @Test func theLastOneTriedIsKeptWhereNoneAnswers() async throws {
        let port = try closedPort()
        let names = try names(["127.0.0.1", "127.0.0.2"])
        let engine = try engine(names: names)
        let refused = try await engine.probe(request("http://acme.test:\(port)/"))
        #expect(refused.state == .down && refused.cause == "connection refused")
        #expect(refused.observation.address == "127.0.0.2")
        let full = try FullServer()
        let others = try self.names(["127.0.0.2", "127.0.0.1"])
        let hung = try await ProbingTests.engine(names: others).probe(
            request("http://acme.test:\(full.port)/", timeout: 400))
        #expect(hung.state == .down && hung.cause == "timeout after 0.400 s while connecting")
        #expect(hung.observation.address == "127.0.0.1")
    }

    /// IPv6 first, then the families in turn; each address once.
    @Test func familiesTakeTurns() {
        func addresses(_ texts: [String]) -> [IPAddress] { texts.compactMap { IPAddress($0) } }
        var found = FoundAddresses(.any)
        found.note(.addresses(addresses(["192.0.2.1", "192.0.2.2", "192.0.2.1", "192.0.2.3"])), .ipv4)
        #expect(found.answer == nil && found.patience(timeout: 10_000, wantsAll: false) == 50)
        #expect(found.patience(timeout: 10_000, wantsAll: true) == 2500)
        found.note(.addresses(addresses(["2001:db8::1", "2001:db8::2"])), .ipv6)
        let order = ["2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "192.0.2.3"]
        #expect(found.answer == .addresses(addresses(order)))
    }

    @Test func whatIsNotAllowedIsNotTried() async throws {
        let forbidden = try LoopbackServer(on: "127.0.0.2") { $0.answer() }
        let server = try LoopbackServer(port: forbidden.port) { $0.answer() }
        let names = try names(["127.0.0.2", "127.0.0.1"])
        let engine = try engine(allowing: ["127.0.0.1"], names: names)
        let result = try await engine.probe(request("http://acme.test:\(server.port)/"))
        #expect(result.cause == nil && result.observation.address == "127.0.0.1")
        #expect(forbidden.accepted == 0)
    }

    @Test func eachAddressIsProbedWhereThatIsWanted() async throws {
        let first = try LoopbackServer { $0.answer(body: "Acme") }
        let second = try LoopbackServer(on: "127.0.0.2", port: first.port) { $0.answer(body: "Acme") }
        let names = try names(["127.0.0.1", "127.0.0.2"])
        let engine = try engine(names: names)
        let url = "http://acme.test:\(first.port)/"
        let good = try await engine.probe(request(url, expect: Expected(bodyContains: ["Acme"]), addresses: .each))
        #expect(good.cause == nil && good.state == .up)
        #expect(first.accepted == 1 && second.accepted == 1)
        second.stop()
        let bad = try await engine.probe(request(url, expect: Expected(bodyContains: ["Acme"]), addresses: .each))
        #expect(bad.state == .down)
        #expect(bad.cause == "at 127.0.0.2, one of 2 addresses: connection refused")
        #expect(bad.observation.address == "127.0.0.2")
        #expect(await engine.open == 0)
        // One that must not be spoken to says nothing, and hides nobody that is down.
        let narrow = try ProbingTests.engine(allowing: ["127.0.0.1"], names: names)
        let unknown = try await narrow.probe(request(url, addresses: .each))
        #expect(unknown.state == .unknown)
        #expect(
            unknown.cause
                == "at 127.0.0.2, one of 2 addresses: address 127.0.0.2 is not allowed by probing.allow_addresses")
    }

    /// All together began when the first did, in its pass of the clock, and are decided over the family of one.
    @Test func togetherTheyAreOneSample() {
        func result(at instant: Int64, _ state: SampleState, pass: Pass, _ address: String) -> ProbeResult {
            let sample = Sample(
                at: Instant(milliseconds: instant), state: state, pass: pass, family: IPFamily(ofAddress: address))
            return ProbeResult(
                observation: Observation(
                    check: CheckID(service: "acme", check: Check.defaultID), sample: sample, address: address))
        }
        var results = AddressResults()
        results.begin(1)
        results.begin(2)
        results.end(1, result(at: 5000, .up, pass: 3, "192.0.2.1"))
        #expect(results.combined == nil)
        results.end(2, result(at: 2000, .down, pass: 4, "2001:db8::1"))
        #expect(
            results.combined?.observation.sample
                == Sample(at: Instant(milliseconds: 5000), state: .down, pass: 3, family: .ipv6))
    }

    @Test func allOfThemEndWithTheMonitor() async throws {
        let server = try LoopbackServer { $0.hang() }
        let names = try names(["127.0.0.1", "127.0.0.2"])
        let engine = try engine(names: names)
        let results = Seen()
        engine.probe(try request("http://acme.test:\(server.port)/", addresses: .each)) {
            results.add("\($0.state) \($0.cause ?? "")")
        }
        try await eventually { server.accepted == 1 }
        await engine.cancelAll()
        #expect(results.all == ["unknown monitor stopping"])
        #expect(await engine.open == 0)
        #expect(await engine.inFlight == 0)
    }

    /// The name is asked for, and shown in the certificate, at an address that it does not lead to.
    @Test func aGivenAddressIsSpokenToInTheName() async throws {
        let seen = Seen()
        let server = try LoopbackServer(on: "127.0.0.2", speaksFirst: true) { connection in
            let text = connection.readRequest()
            seen.add(text.contains("\r\nHost: acme.test:") ? String(text.prefix { $0 != "\r\n" }) : text)
            connection.answer(text.hasPrefix("GET / ") ? "302 Found" : "200 OK", headers: ["Location: /next"])
        }
        let names = try names(["127.0.0.1"])
        let engine = try engine(names: names)
        let url = "http://acme.test:\(server.port)/"
        let result = try await engine.probe(request(url, redirects: 1, connectTo: "127.0.0.2"))
        #expect(result.cause == nil)
        #expect(result.hops.map(\.address) == ["127.0.0.2", "127.0.0.2"])
        #expect(seen.all == ["GET / HTTP/1.1", "GET /next HTTP/1.1"])
        #expect(names.queries.isEmpty)
        let refused = try await ProbingTests.engine(allowing: ["127.0.0.1"]).probe(request(url, connectTo: "127.0.0.2"))
        #expect(refused.cause == "address 127.0.0.2 is not allowed by probing.allow_addresses")
        let secure = try TLSServer("good")
        let named = try await engine.probe(request("https://localhost:\(secure.port)/", connectTo: "127.0.0.1"))
        #expect(named.cause == nil)
    }
}
