import Foundation
import SLA
import Testing

@testable import Probing

@Suite struct HTTPProbeTests {
    @Test func aGoodAnswerIsUpWithItsPhases() async throws {
        let server = try LoopbackServer { $0.answer(body: "Acme") }
        let result = try await engine().probe(request(server.url, expect: Expected(bodyContains: ["Acme"])))
        #expect(result.cause == nil)
        #expect(result.state == .up)
        #expect(result.status == 200)
        #expect(result.bytesRead == 4)
        #expect(result.observation.address == "127.0.0.1")
        let phases = result.observation.phases
        let connect = try #require(phases.connect)
        let first = try #require(phases.firstByte)
        let name = try #require(phases.name)
        let total = try #require(phases.total)
        #expect(name <= connect && connect <= first && first <= total)
        #expect(phases.tls == nil)
    }

    @Test func aRefusedConnectionIsDown() async throws {
        let result = try await engine().probe(request("http://127.0.0.1:\(closedPort())/"))
        #expect(result.state == .down)
        #expect(result.cause == "connection refused")
    }

    @Test func anUnwantedStatusIsDown() async throws {
        let server = try LoopbackServer { $0.answer("503 Service Unavailable") }
        let result = try await engine().probe(request(server.url))
        #expect(result.state == .down)
        #expect(result.cause == "status 503, expected 200-399")
    }

    @Test(arguments: [
        (Expected(bodyContains: ["Acme", "Corp"]), "body does not contain \"Corp\""),
        (Expected(bodyNotContains: ["Acme"]), "body contains \"Acme\""),
        (Expected(bodyMatches: "^Ac[0-9]"), "body does not match \"^Ac[0-9]\""),
        (Expected(headers: [.init(name: "x-none", matches: nil)]), "header x-none is missing"),
        (
            Expected(headers: [.init(name: "x-kind", matches: "^b")]),
            "header x-kind is \"abc\", expected to match \"^b\""
        ),
        (Expected(status: [200...200, 301...308], bodyContains: ["Acme"], bodyMatches: "A.me"), nil),
        (Expected(headers: [.init(name: "X-KIND", matches: "^a"), .init(name: "x-kind", matches: nil)]), nil),
    ])
    func expectationsAreHeldAgainstTheAnswer(_ expectation: Expected, _ cause: String?) async throws {
        let server = try LoopbackServer { $0.answer(headers: ["X-Kind: abc "], body: "Acme") }
        let result = try await engine().probe(request(server.url, expect: expectation))
        #expect(result.cause == cause)
        #expect(result.state == (cause == nil ? .up : .down))
    }

    @Test func aSlowAnswerIsDownWhereLatencyIsExpected() async throws {
        let server = try LoopbackServer { connection in
            usleep(60_000)
            connection.answer()
        }
        let result = try await engine().probe(request(server.url, expect: Expected(maximumLatency: 50)))
        #expect(result.state == .down)
        #expect(result.cause?.hasSuffix(" ms, at most 50 ms") == true)
        #expect(result.cause?.hasPrefix("latency ") == true)
    }

    @Test func aPatternThatIsNoneOrTakesAgesIsOurFault() async throws {
        let server = try LoopbackServer { $0.answer(body: String(repeating: "a", count: 60) + "b") }
        let engine = try engine()
        let malformed = try await engine.probe(request(server.url, expect: Expected(bodyMatches: "(")))
        #expect(malformed.state == .unknown)
        #expect(malformed.cause == "\"(\" is not a regular expression")
        let slow = try await engine.probe(request(server.url, expect: Expected(bodyMatches: "^(a+)+$")))
        #expect(slow.state == .unknown)
        #expect(slow.cause == "search for \"^(a+)+$\" takes too long")
    }

    @Test(arguments: [100_000, 1 << 20])
    func aLongPageIsSearchedToItsEnd(_ size: Int) async throws {
        let server = try LoopbackServer { connection in
            connection.answer(body: String(repeating: "<p>text</p>\n", count: size / 12 - 1) + "Status: OK")
        }
        let engine = try engine()
        let found = try await engine.probe(request(server.url, expect: Expected(bodyMatches: "Status: (OK|FINE)$")))
        #expect(found.cause == nil)
        let absent = try await engine.probe(request(server.url, expect: Expected(bodyMatches: "Status: BAD")))
        #expect(absent.cause == "body does not match \"Status: BAD\"")
        #expect(absent.state == .down)
    }

    @Test func theRequestIsTheOneAskedFor() async throws {
        let seen = Seen()
        let server = try LoopbackServer(speaksFirst: true) { connection in
            seen.add(connection.readRequest())
            connection.answer()
        }
        let engine = try engine()
        _ = try await engine.probe(
            request(
                server.url + "path?x=1", method: "POST", headers: [.init(name: "X-Test", value: "yes")], body: "hello",
                authentication: .basic(user: "u", password: Secret("p"))))
        _ = try await engine.probe(
            request(server.url, method: "HEAD", authentication: .bearer(token: Secret("t0k"))))
        _ = try await engine.probe(
            request(server.url, method: "DELETE", headers: [.init(name: "X-Bad", value: "a\nb")]))
        let requests = seen.all.filter { !$0.isEmpty }
        #expect(requests.count == 2)
        let post = try #require(requests.first)
        let head = try #require(requests.last)
        #expect(post.hasPrefix("POST /path?x=1 HTTP/1.1\r\n"))
        #expect(post.contains("\r\nX-Test: yes\r\n"))
        #expect(post.contains("\r\nContent-Length: 5\r\n"))
        #expect(post.contains("\r\nAuthorization: Basic dTpw\r\n"))
        #expect(!post.contains("Expect:") && !post.contains("Content-Type:"))
        #expect(head.hasPrefix("HEAD / HTTP/1.1\r\n"))
        #expect(head.contains("\r\nAuthorization: Bearer t0k\r\n"))
        #expect(head.contains("\r\nUser-Agent: availd\r\n"))
    }

    @Test func whatIsCompressedIsReadAsItWas() async throws {
        // gzip of "Acme Corp", made by gzip -n.
        let gzip = "H4sIAAAAAAAAA3NMzk1VcM4vKgAA/Ck7hQkAAAA="
        let bytes = [UInt8](try #require(Data(base64Encoded: gzip)))
        let server = try LoopbackServer { connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bytes.count)\r\n\r\n")
            _ = bytes.withUnsafeBytes { Glibc.send(connection.descriptor, $0.baseAddress, $0.count, 0) }
        }
        let result = try await engine().probe(request(server.url, expect: Expected(bodyContains: ["Acme Corp"])))
        #expect(result.cause == nil)
        #expect(result.bytesRead == 9)
    }

    /// What stands behind the end of a compressed body is passed over, as browsers do, whenever it comes.
    @Test(arguments: ["\r\n", "<!-- served by 4 -->", String(repeating: "\0", count: 5000)], [false, true])
    func whatFollowsACompressedBodyIsPassedOver(_ trailer: String, _ isLater: Bool) async throws {
        let gzip = [UInt8](try #require(Data(base64Encoded: "H4sIAAAAAAAAA3NMzk1VcM4vKgAA/Ck7hQkAAAA=")))
        let rest = [UInt8](trailer.utf8)
        let server = try LoopbackServer { connection in
            let length = gzip.count + rest.count
            connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(length)\r\n\r\n")
            for piece in isLater ? [gzip, rest] : [gzip + rest] {
                _ = piece.withUnsafeBytes { Glibc.send(connection.descriptor, $0.baseAddress, $0.count, 0) }
                usleep(50_000)
            }
        }
        let engine = try engine()
        let found = try await engine.probe(request(server.url, expect: Expected(bodyContains: ["Acme Corp"])))
        #expect(found.cause == nil)
        #expect(found.bytesRead == 9)
        let absent = try await engine.probe(request(server.url, expect: Expected(bodyContains: ["served by"])))
        #expect(absent.state == .down && absent.cause?.contains("served by") == true, "\(absent.cause ?? "up")")
    }

    /// As browsers have it, a coding that is none is no coding, and what comes is the body.
    @Test(arguments: [
        ["Content-Encoding: UTF-8"], ["content-encoding: none, utf-8"], ["Content-Encoding: gzip, x-none"],
        ["Content-Encoding: "], ["Content-Encoding: x-none", "Content-Encoding: gzip"], ["Content-Encoding: identity"],
        ["Content-Encoding: chunked"],
    ])
    func aCodingThatIsNoneIsPassedThrough(_ headers: [String]) async throws {
        let server = try LoopbackServer { connection in
            connection.answer(headers: headers, body: "A page of ")
        }
        let chunked = try LoopbackServer { connection in
            connection.send((["HTTP/1.1 200 OK", "Transfer-Encoding: chunked"] + headers).joined(separator: "\r\n"))
            connection.send("\r\n\r\n5\r\nA pag\r\n5\r\ne of \r\n0\r\n\r\n")
        }
        let engine = try engine()
        for url in [server.url, chunked.url] {
            let result = try await engine.probe(request(url, expect: Expected(bodyContains: ["A page of "])))
            #expect(result.cause == nil)
            #expect(result.bytesRead == 10)
        }
    }

    /// Headers that never end are an answer that never came to its end, whatever they say so far.
    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Type: te", "HTTP/1.1 302 Found\r\nLocation: /next\r\n", "HTTP/1.0 200 OK\r\n",
    ])
    func aConnectionThatIsClosedWithinTheHeadersIsDown(_ text: String) async throws {
        let server = try LoopbackServer { $0.send(text) }
        let result = try await engine().probe(request(server.url, redirects: 3))
        #expect(result.state == .down)
        #expect(result.cause == "connection closed before the end of the answer", "\(result.cause ?? "up")")
    }

    @Test func aStatusMayBeAnyOfThreeDigits() async throws {
        let server = try LoopbackServer { $0.answer("999 Request denied") }
        let engine = try engine()
        #expect(try await engine.probe(request(server.url, expect: Expected(status: [999...999]))).state == .up)
        #expect(try await engine.probe(request(server.url)).cause == "status 999, expected 200-399")
    }
}

/// What servers saw, in order.
final class Seen: @unchecked Sendable {
    // Unchecked: every access holds the lock.
    private let lock = NSLock()
    private var texts: [String] = []

    func add(_ text: String) { lock.withLock { texts.append(text) } }

    var all: [String] { lock.withLock { texts } }
}
