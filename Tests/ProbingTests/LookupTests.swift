import Foundation
import SLA
import Testing

@testable import Probing

/// Which question an answer is to, when it was asked, and by which way it came.
@Suite struct LookupTests {
    private let key = Resolver.Key(name: "acme.test", family: .ipv4)

    private func question(_ asker: UInt64) -> Resolver.Question {
        Resolver.Question(
            asker: asker, name: "acme.test", family: .ipv4, timeout: 3000, customer: "acme", isSlow: true)
    }

    /// A sample's instant is when its probe began, also where nothing came of its name.
    @Test func aNameThatFailsLateFailedWhenItWasAskedFor() async throws {
        let names = try NameServer(["gone.test": .late(1500, .code(3))])
        let result = try await engine(names: names).probe(request("http://gone.test/", timeout: 60_000))
        let ended = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        #expect(result.cause == "name does not exist: gone.test")
        #expect(ended - result.observation.sample.at >= 1490)
    }

    /// What comes of a question of before says nothing to whoever asks long after.
    @Test func aQuestionIsThatOfThoseWhoAskSoonAfter() {
        var lookups = NameLookups(places: 10)
        let first = MonotonicInstant(nanoseconds: 1_000_000_000)
        #expect(lookups.join(key, question(1), first) == .begins)
        #expect(lookups.start(key, first, where: { _ in true }) == [1])
        #expect(lookups.join(key, question(2), first + 499) == .underWay)
        #expect(lookups.join(key, question(3), first + 500) == .again)
        lookups.note(key, first + 500)
        #expect(lookups.join(key, question(4), first + 600) == .underWay)
        #expect(lookups.fail(key, asked: first)?.askers == [1, 2])
        #expect(lookups.fail(key, asked: first)?.askers == [])
        lookups.suspect(key, .refused, asked: first)
        #expect(lookups.takeSuspects().map(\.lookup.askers) == [[]])
        #expect(lookups.isOpen(key) && lookups.isBusy)
        #expect(lookups.fail(key, asked: first + 500)?.askers == [3, 4])
        #expect(!lookups.isOpen(key) && !lookups.isBusy)
    }

    /// Addresses are good for everybody, whoever asked for them.
    @Test func addressesAreForAllWhoWait() {
        var lookups = NameLookups(places: 10)
        let first = MonotonicInstant(nanoseconds: 1_000_000_000)
        _ = lookups.join(key, question(1), first)
        _ = lookups.start(key, first, where: { _ in true })
        #expect(lookups.join(key, question(2), first + 5000) == .again)
        lookups.note(key, first + 5000)
        #expect(lookups.finish(key)?.askers == [1, 2])
        #expect(lookups.fail(key, asked: first) == nil)
    }

    /// The servers hear of whoever asks late: a question of its own is sent for it.
    @Test func whoeverAsksLateHasAQuestionSent() async throws {
        let names = try NameServer(["silent.test": .silence])
        let engine = try engine(names: names)
        let silent = try request("http://silent.test/", timeout: 60_000, family: .ipv4)
        async let first = engine.probe(silent)
        try await eventually { names.queries.count == 1 }
        try await Task.sleep(for: .milliseconds(600))
        async let second = engine.probe(silent)
        try await eventually { names.queries.count == 2 }
        await engine.cancelAll()
        #expect(await [first.state, second.state] == [.unknown, .unknown])
    }

    /// What is too long for UDP has all the time that there is to come over TCP.
    @Test func anAnswerOverTCPMayTakeItsTime() async throws {
        let server = try LoopbackServer { $0.answer() }
        let (names, tcp) = try NameServer.both([
            "long.test": .overTCP(.late(900, .addresses(v4: ["127.0.0.1"], v6: [], ttl: 0))),
            "gone.test": .overTCP(.late(600, .code(3))),
        ])
        defer { tcp.stop() }
        let engine = try engine(names: names)
        let long = try await engine.probe(
            request("http://long.test:\(server.port)/", timeout: 60_000, family: .ipv4))
        #expect(long.cause == nil)
        let gone = try await engine.probe(request("http://gone.test/", timeout: 60_000))
        #expect(gone.cause == "name does not exist: gone.test")
    }

    /// A resolver that has an answer and does not hand it over is ours, whatever it says to others.
    @Test(arguments: [true, false])
    func anAnswerThatDoesNotComeOverTCPIsNobodysFault(_ listens: Bool) async throws {
        let (names, tcp) = try NameServer.both(["long.test": .overTCP(.silence)])
        defer { tcp.stop() }
        if !listens { tcp.stop() }
        let engine = try engine(names: names)
        async let long = engine.probe(request("http://long.test/", timeout: 3000))
        try await eventually { !names.queries.isEmpty }
        let other = try await engine.probe(request("http://other.test/"))
        #expect(other.cause == "name does not exist: other.test")
        let result = try await long
        #expect(result.state == .unknown)
        #expect(
            result.cause == "none of the monitor's own name resolvers answers: "
                + (listens ? "they cut their answer short, and do not answer over TCP" : "they cannot be reached"))
    }
}
