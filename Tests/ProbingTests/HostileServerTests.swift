import Glibc
import SLA
import Testing
import Wording

@testable import Probing

@Suite struct HostileServerTests {
    /// What comes of a probe that times out while it does `phase`. Where this machine is too busy to come so far in the
    /// time, it has ten times as much.
    private func timeout(of server: LoopbackServer, while phase: String) async throws -> ProbeResult {
        let engine = try engine()
        var causes: [String] = []
        for timeout in [300, 3000, 30_000, 300_000] as [Milliseconds] {
            let result = try await engine.probe(request(server.url, timeout: timeout))
            if result.cause?.hasSuffix(" s while \(phase)") == true { return result }
            causes.append(result.cause ?? "up")
        }
        throw TestFailure("it never timed out while \(phase): \(causes)")
    }

    @Test func aServerThatNeverAnswersIsDown() async throws {
        let server = try LoopbackServer { $0.hang() }
        let result = try await engine().probe(request(server.url, timeout: 300))
        #expect(result.state == .down)
        #expect(result.cause == "timeout after 0.300 s while waiting for the first byte")
    }

    @Test func aServerThatNeverAcceptsIsDown() async throws {
        let server = try FullServer()
        let result = try await engine().probe(request("http://127.0.0.1:\(server.port)/", timeout: 300))
        #expect(result.state == .down)
        #expect(result.cause == "timeout after 0.300 s while connecting")
    }

    @Test func aServerThatClosesAtOnceIsDown() async throws {
        let server = try LoopbackServer { _ in }
        let result = try await engine().probe(request(server.url))
        #expect(result.state == .down)
        #expect(result.cause == "connection closed before an answer")
    }

    @Test func aServerThatResetsIsDown() async throws {
        let server = try LoopbackServer { $0.reset() }
        let result = try await engine().probe(request(server.url))
        #expect(result.state == .down)
        #expect(result.cause == "connection reset before an answer")
    }

    @Test func aBodyThatDripsIsDown() async throws {
        let server = try LoopbackServer { connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")
            connection.hang()
        }
        let result = try await timeout(of: server, while: "reading the body")
        #expect(result.state == .down)
        #expect(result.bytesRead == 3)
    }

    @Test func headersThatDripAreDown() async throws {
        let server = try LoopbackServer { connection in
            connection.send("HTTP/1.1 200 OK\r\nX-A: b\r\n")
            connection.hang()
        }
        #expect(try await timeout(of: server, while: "reading the headers").state == .down)
    }

    @Test func aBodyThatBreaksOffIsDown() async throws {
        let server = try LoopbackServer { $0.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc") }
        let result = try await engine().probe(request(server.url))
        #expect(result.cause == "connection closed before the end of the answer")
    }

    @Test func anEndlessBodyIsReadUpToTheCap() async throws {
        let server = try LoopbackServer { connection in
            connection.send("HTTP/1.1 200 OK\r\n\r\nAcme")
            let piece = String(repeating: "x", count: 8192)
            while connection.send(piece) {}
        }
        let result = try await engine().probe(
            request(server.url, bodyLimit: 50_000, expect: Expected(bodyContains: ["Acme"])))
        #expect(result.cause == nil)
        #expect(result.bytesRead == 50_000)
    }

    @Test(arguments: ["garbage\r\n\r\n", "HTTP/9.9 abc\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n"])
    func anAnswerThatIsNotHTTPIsDown(_ answer: String) async throws {
        let server = try LoopbackServer { $0.send(answer) }
        let result = try await engine().probe(request(server.url))
        #expect(result.state == .down)
        #expect(result.cause?.hasPrefix("answer is not HTTP: ") == true)
    }

    @Test func endlessHeadersAreDown() async throws {
        let server = try LoopbackServer { connection in
            connection.send("HTTP/1.1 200 OK\r\n")
            let piece = "X-Header: " + String(repeating: "x", count: 4096) + "\r\n"
            while connection.send(piece) {}
        }
        let result = try await engine().probe(request(server.url))
        #expect(result.state == .down)
        #expect(result.cause == "headers are too long")
    }

    /// libcurl runs out of its own room within such a line, and calls that a lack of memory.
    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 ", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ",
        "HTTP/1.1 103 Early Hints\r\nX: ",
    ])
    func aHeaderLineThatIsTooLongIsDown(_ beginning: String) async throws {
        let server = try LoopbackServer { connection in
            connection.send(beginning + String(repeating: "x", count: 900_000) + "\r\n")
        }
        let result = try await engine().probe(request(server.url))
        #expect(result.state == .down)
        #expect(result.cause == "headers are too long")
    }

    @Test func anInterimAnswerEndsNoHeaders() async throws {
        let server = try LoopbackServer { connection in
            connection.send("HTTP/1.1 100 Continue\r\n\r\n")
            connection.hang()
        }
        #expect(try await timeout(of: server, while: "reading the headers").state == .down)
    }

    @Test func aFloodOfInterimAnswersIsDown() async throws {
        let server = try LoopbackServer { connection in
            while connection.send("HTTP/1.1 100 Continue\r\n\r\n") {}
        }
        let result = try await engine().probe(request(server.url))
        #expect(result.state == .down)
        #expect(result.cause == "headers are too long")
    }

    /// What stands around a body has a bound of its own; a server may send it for as long as it likes.
    @Test(arguments: [
        ("Transfer-Encoding: chunked\r\n\r\n5;", String(repeating: "x", count: 8192)),
        ("Transfer-Encoding: chunked\r\n\r\n", "1;a=" + String(repeating: "b", count: 4000) + "\r\nx\r\n"),
    ])
    func endlessFramingIsDown(_ beginning: String, _ piece: String) async throws {
        let server = try LoopbackServer { connection in
            connection.send("HTTP/1.1 200 OK\r\n" + beginning)
            while connection.send(piece) {}
        }
        let result = try await engine().probe(request(server.url))
        #expect(result.state == .down)
        #expect(result.cause?.hasPrefix("too much around the body") == true, "\(result.cause ?? "up")")
    }

    @Test(arguments: [
        ["Content-Encoding: gzip, gzip, gzip"], ["Content-Encoding: gzip, zstd", "content-encoding: BR"],
        ["Transfer-Encoding: gzip, chunked", "Content-Encoding: gzip,deflate"],
        ["Content-Encoding:deflate,\r\n br,identity,gzip"],
        ["Transfer-Encoding: " + Array(repeating: "gzip", count: 9).joined(separator: ",")],
    ])
    func whatIsCompressedThriceIsNotRead(_ headers: [String]) async throws {
        let server = try LoopbackServer { $0.answer(headers: headers, body: "Acme") }
        let result = try await engine().probe(request(server.url))
        #expect(result.state == .down)
        #expect(result.cause == "answer is compressed too many times")
    }

    @Test func endlessTrailersAreDown() async throws {
        let server = try LoopbackServer { connection in
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nAcme\r\n0\r\n")
            while connection.send("X-Trailer: " + String(repeating: "x", count: 500) + "\r\n") {}
        }
        #expect(try await engine().probe(request(server.url)).cause == "headers are too long")
    }

    @Test(arguments: ["smtp", "imap", "pop3"], ["220-mx.test\r\n", String(repeating: "x", count: 8192)])
    func anEndlessGreetingIsDown(_ scheme: String, _ piece: String) async throws {
        let server = try LoopbackServer(speaksFirst: true) { connection in
            while connection.send(piece) {}
        }
        let result = try await engine().probe(request("\(scheme)://127.0.0.1:\(server.port)"))
        #expect(result.state == .down)
    }

    /// A peer that sends byte by byte for ever costs no more than it may, and holds nobody up.
    @Test func aDripIsReadInSips() async throws {
        let dripping = try LoopbackServer { connection in
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            while connection.send("x") { usleep(20) }
        }
        let good = try LoopbackServer { $0.answer() }
        let engine = try engine()
        async let drip = engine.probe(request(dripping.url, timeout: 2000))
        for _ in 0..<200 { #expect(try await engine.probe(request(good.url)).state == .up) }
        #expect(try await drip.cause == "timeout after 2 s while reading the body")
    }

    @Test func aCauseIsOneShortLine() async throws {
        let clipped = Cause.library(Excerpt("a\nb\u{1b}[0m\u{202e}" + String(repeating: "x", count: 1000))).english
        #expect(clipped.hasPrefix("a\\u{a}b\\u{1b}[0m\\u{202e}xxx"))
        #expect(clipped.unicodeScalars.count == 300)
        let server = try LoopbackServer { $0.answer(headers: ["X-A: \u{1b}[2J"]) }
        let expect = Expected(headers: [.init(name: "x-a", matches: "^$")])
        let result = try await engine().probe(request(server.url, expect: expect))
        #expect(result.cause == "header x-a is \"\\u{1b}[2J\", expected to match \"^$\"")
    }

    @Test func aHangingServerHoldsNobodyUp() async throws {
        let hanging = try LoopbackServer(speaksFirst: true) { connection in
            connection.send("220 mx.test\r\n")
            connection.hang()
        }
        let good = try LoopbackServer { $0.answer() }
        let engine = try engine()
        let first = Seen()
        engine.probe(try request("smtp://127.0.0.1:\(hanging.port)", timeout: 600_000)) { first.add($0.cause ?? "up") }
        try await eventually { hanging.accepted == 1 }
        #expect(try await engine.probe(request(good.url)).state == .up)
        #expect(first.all.isEmpty)
        await engine.cancelAll()
        #expect(first.all == ["monitor stopping"])
    }
}
