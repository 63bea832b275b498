import Addresses
import SLA
import Testing

@testable import Probing

@Suite struct ResolverTests {
    @Test func aNameLeadsToItsAddressAndKeepsItsName() async throws {
        let seen = Seen()
        let server = try LoopbackServer(speaksFirst: true) { connection in
            seen.add(connection.readRequest())
            connection.answer()
        }
        let names = try NameServer(["acme.test": .addresses(v4: ["127.0.0.1"], v6: ["::2"], ttl: 0)])
        let result = try await engine(names: names).probe(request("http://ACME.test:\(server.port)/"))
        #expect(result.cause == nil)
        #expect(result.observation.address == "127.0.0.1")
        #expect(seen.all.first?.contains("\r\nHost: ACME.test:\(server.port)\r\n") == true)
        #expect(names.queries.sorted() == ["acme.test A", "acme.test AAAA"])
    }

    @Test func anInternationalNameIsAskedForInASCII() async throws {
        let server = try LoopbackServer { $0.answer() }
        let names = try NameServer(["xn--tn-min-iva0322d.test": .addresses(v4: ["127.0.0.1"], v6: [], ttl: 0)])
        let specification = ProbeSpecification(
            url: "http://tên-miền.test:\(server.port)/", scheme: .http, host: "tên-miền.test", port: server.port)
        let request = ProbeRequest(
            check: CheckID(service: "a", check: "b"), specification: specification, timeout: 30_000, customer: "c")
        #expect(try await engine(names: names).probe(request).cause == nil)
    }

    @Test(arguments: [
        ("gone.test", AddressFamily.any, SampleState.down, "name does not exist: gone.test"),
        ("six.test", .ipv4, .down, "name has no IPv4 address: six.test"),
        ("none.test", .any, .down, "name has no address: none.test"),
        ("ill.test", .any, .down, "the name servers of ill.test answer SERVFAIL"),
        ("refused.test", .any, .down, "the name servers of refused.test answer REFUSED"),
        ("puzzled.test", .ipv6, .down, "the name servers of puzzled.test answer NOTIMP"),
        ("silent.test", .any, .down, "the name servers of silent.test do not answer"),
        ("a..test", .any, .unknown, "is not a host name"),
        ("six.test", .any, .unknown, "address ::2 is not allowed by probing.allow_addresses"),
        ("both.test", .ipv6, .unknown, "address ::2 is not allowed by probing.allow_addresses"),
        ("::1", .ipv4, .down, "name has no IPv4 address: ::1"),
    ])
    func whatANameComesTo(_ name: String, _ family: AddressFamily, _ state: SampleState, _ cause: String) async throws {
        let names = try NameServer([
            "six.test": .addresses(v4: [], v6: ["::2"], ttl: 0), "none.test": .addresses(v4: [], v6: [], ttl: 0),
            "both.test": .addresses(v4: ["127.0.0.1"], v6: ["::2"], ttl: 0), "ill.test": .code(2),
            "refused.test": .code(5), "puzzled.test": .code(4), "silent.test": .silence,
        ])
        let url = name.contains(":") ? "http://[\(name)]/" : "http://\(name)/"
        let limit: Milliseconds = name == "silent.test" ? 3000 : 30_000
        let result = try await engine(names: names).probe(request(url, timeout: limit, family: family))
        #expect(result.state == state)
        #expect(result.cause?.contains(cause) == true, "\(result.cause ?? "up")")
    }

    @Test func oneQueryServesAllWhoAsk() async throws {
        let server = try LoopbackServer { $0.answer() }
        let names = try NameServer(["acme.test": .addresses(v4: ["127.0.0.1"], v6: [], ttl: 0)])
        let engine = try engine(names: names)
        let requests = try (0..<50).map { _ in try request("http://acme.test:\(server.port)/") }
        // Asked at once: the later ones come while the first one's query is under way.
        let results = await probeAll(engine, requests)
        #expect(results.compactMap(\.cause).isEmpty)
        #expect(names.queries.count < 50)
        #expect(try openSockets(to: names.port, in: "udp") == 0)
    }

    @Test func anAnswerIsKeptOnlyAsLongAsItMay() async throws {
        let server = try LoopbackServer { $0.answer() }
        let names = try NameServer([
            "kept.test": .addresses(v4: ["127.0.0.1"], v6: [], ttl: 3600),
            "fresh.test": .addresses(v4: ["127.0.0.1"], v6: [], ttl: 0),
            "second.test": .addresses(v4: ["127.0.0.1"], v6: [], ttl: 1),
        ])
        let engine = try engine(names: names)
        // On a machine that is slow to answer, a question may be sent twice: what counts is whether any follows later.
        // No answer is kept for longer than a minute, and among many tests this one may take as long.
        let began = ContinuousClock.now
        func asked(_ name: String) -> Int { names.queries.filter { $0 == "\(name).test A" }.count }
        var first = 0
        for round in 0..<3 {
            for name in ["kept", "fresh"] {
                #expect(try await engine.probe(request("http://\(name).test:\(server.port)/")).cause == nil)
            }
            if round == 0 { first = asked("kept") }
        }
        #expect(first > 0 && (asked("kept") == first || began.duration(to: .now) > .seconds(60)))
        #expect(asked("fresh") >= 3)
        _ = try await engine.probe(request("http://second.test:\(server.port)/"))
        let once = asked("second")
        try await Task.sleep(for: .milliseconds(1100))
        _ = try await engine.probe(request("http://second.test:\(server.port)/"))
        #expect(asked("second") > once)
    }

    /// A resolver that answers nobody is ours, and says nothing of whom it was asked for.
    @Test func aResolverThatAnswersNothingIsOurFault() async throws {
        let names = try NameServer(["silent.test": .silence], others: .silence)
        let engine = try engine(names: names)
        let silent = try await engine.probe(request("http://silent.test/", timeout: 2000))
        #expect(silent.state == .unknown)
        #expect(silent.cause == "none of the monitor's own name resolvers answers: waited 2 s")
        let gone = try NameServer([:])
        let deaf = try ProbingTests.engine(names: gone)
        gone.stop()
        try await eventually { gone.isClosed }
        let unreachable = try await deaf.probe(request("http://acme.test/"))
        #expect(unreachable.state == .unknown)
        #expect(
            unreachable.cause == "none of the monitor's own name resolvers answers: they cannot be reached",
            "\(unreachable.cause ?? "up")")
    }

    /// One that refuses everything answers nothing either.
    @Test func aResolverThatRefusesEverythingIsOurFault() async throws {
        let names = try NameServer([:], others: .code(5))
        let result = try await engine(names: names).probe(request("http://acme.test/"))
        #expect(result.state == .unknown)
        #expect(result.cause == "none of the monitor's own name resolvers answers: they answer REFUSED to everything")
    }

    /// Of several resolvers one may be ill, and another know the answer.
    @Test func anotherResolverIsAskedForItsOpinion() async throws {
        let server = try LoopbackServer { $0.answer() }
        let ill = try NameServer([:], others: .code(2))
        let well = try NameServer(["acme.test": .addresses(v4: ["127.0.0.1"], v6: [], ttl: 0)])
        let configuration = ProbeEngine.Configuration(
            policy: try AddressPolicy(allowing: [Network("127.0.0.0/8")]),
            caFile: try Certificates.shared.get().caFile)
        let engine = try ProbeEngine(configuration: configuration, nameServers: "\(ill.servers),\(well.servers)")
        #expect(try await engine.probe(request("http://acme.test:\(server.port)/")).cause == nil)
        #expect(ill.queries.contains("acme.test A"))
        let gone = try await engine.probe(request("http://gone.test/"))
        #expect(gone.cause == "name does not exist: gone.test")
    }

    /// On a way that loses packets a name is asked for as long as TCP would try to connect.
    @Test func whatIsLostIsAskedForAgain() async throws {
        let server = try LoopbackServer { $0.answer() }
        let names = try NameServer([
            "lossy.test": .afterLosing(3, .addresses(v4: ["127.0.0.1"], v6: [], ttl: 0)), "other.test": .code(3),
        ])
        let engine = try engine(names: names)
        let lossy = try request("http://lossy.test:\(server.port)/", timeout: 60_000, family: .ipv4)
        #expect(await engine.probe(lossy).cause == nil)
    }

    /// Resolvers that answer everything too late are blind, whatever of an earlier question comes meanwhile.
    @Test func anAnswerToAnEarlierQuestionIsNoSignOfLife() async throws {
        let server = try LoopbackServer { $0.answer() }
        let slow = NameServer.Reply.late(1500, .addresses(v4: ["127.0.0.1"], v6: [], ttl: 0))
        let names = try NameServer(["first.test": slow], others: slow)
        let engine = try engine(names: names)
        async let first = engine.probe(
            request("http://first.test:\(server.port)/", timeout: 60_000, family: .ipv4))
        try await eventually { names.queries == ["first.test A"] }
        try await Task.sleep(for: .milliseconds(1000))
        let second = try await engine.probe(request("http://second.test/", timeout: 1000, family: .ipv4))
        #expect(try await first.cause == nil)
        #expect(second.state == .unknown, "\(second.cause ?? "up")")
    }

    /// A server that passes over questions for IPv6 holds nobody up who has IPv4.
    @Test func anAnswerForOneFamilyIsEnough() async throws {
        let server = try LoopbackServer { $0.answer() }
        let names = try NameServer([
            "four.test": .families(v4: .addresses(v4: ["127.0.0.1"], v6: [], ttl: 0), v6: .silence),
            "odd.test": .families(v4: .addresses(v4: ["127.0.0.1"], v6: [], ttl: 0), v6: .code(3)),
            "half.test": .families(v4: .addresses(v4: ["127.0.0.1"], v6: [], ttl: 0), v6: .code(2)),
            "six.test": .families(v4: .code(2), v6: .addresses(v4: [], v6: ["::1"], ttl: 0)),
        ])
        let engine = try engine(names: names)
        for name in ["four", "odd", "half"] {
            let result = try await engine.probe(request("http://\(name).test:\(server.port)/", timeout: 20_000))
            #expect(result.cause == nil, "\(name)")
            #expect(result.observation.address == "127.0.0.1")
        }
        let six = try await engine.probe(request("http://six.test:\(server.port)/"))
        #expect(six.observation.address == "::1")
    }

    /// Whenever the system's servers change, whoever has asked gets an answer, also one that was there at once.
    @Test func anotherResolverLosesNoAnswer() throws {
        var number: Int64 = 0
        let resolver = try Resolver(poller: Poller(), servers: nil, limit: 100, filesInterval: 0) {
            number += 1
            return ResolverFiles(inode: 0, size: number, seconds: 0, nanoseconds: 0)
        }
        var answered: Set<UInt64> = []
        for round in 0..<20 as Range<UInt64> {
            // What is no name is answered without a server, before the call returns.
            for index in 0..<10 as Range<UInt64> {
                resolver.ask(
                    Resolver.Question(
                        asker: round * 10 + index, name: "a..\(index)", family: .ipv4, timeout: 60_000,
                        customer: "a", isSlow: false), lost: 0)
            }
            for answer in resolver.takeAnswers() {
                #expect(answer.answer == .badName)
                answered.insert(answer.asker)
            }
        }
        #expect(answered.count == 200)
        #expect(resolver.due == nil)
    }

    @Test func lookupsAreBoundedAndWaitingForOneIsNotLatency() async throws {
        let server = try LoopbackServer { $0.answer() }
        var table: [String: NameServer.Reply] = ["silent.test": .silence]
        for index in 0..<20 { table["n\(index).test"] = .addresses(v4: ["127.0.0.1"], v6: [], ttl: 0) }
        let names = try NameServer(table)
        let engine = try engine(limits: ProbeLimits(lookups: 1), names: names)
        // The silent name holds the only place until c-ares gives it up, longer than the others' timeout.
        engine.probe(try request("http://silent.test/", timeout: 300)) { _ in }
        let requests = try (0..<20).map { try request("http://n\($0).test:\(server.port)/", timeout: 3000) }
        let results = await probeAll(engine, requests)
        #expect(results.compactMap(\.cause).isEmpty)
    }
}
