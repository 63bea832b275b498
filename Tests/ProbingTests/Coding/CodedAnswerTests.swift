import SLA
import Testing

@testable import Probing

/// Answers whose bodies are compressed, over the wire.
@Suite struct CodedAnswerTests {
    private let breaksOff = "of the body; its compression breaks off there, before its end"

    /// Its framing says that it is whole, and yet more was to come: what was found in it decides, and what was not found
    /// decides nothing.
    @Test(arguments: [false, true])
    func aBodyThatIsCutBeforeItCameDecidesByWhatWasFound(_ inChunks: Bool) async throws {
        let page = CodedPage.gzip
        let server = try LoopbackServer {
            $0.answer(headers: ["Content-Encoding: gzip"], bytes: Array(page.dropLast(40)), inChunks: inChunks)
        }
        let engine = try engine()
        let absent = try await engine.probe(request(server.url, expect: Expected(bodyNotContains: ["Fatal error"])))
        #expect(absent.state == .unknown)
        #expect(absent.cause == "\"Fatal error\" is not in the first \(absent.bytesRead) B \(breaksOff)")
        #expect((1..<CodedPage.text.utf8.count).contains(absent.bytesRead))
        let lacking = try await engine.probe(request(server.url, expect: Expected(bodyContains: ["Fatal error"])))
        #expect(lacking.state == .unknown)
        let pattern = try await engine.probe(request(server.url, expect: Expected(bodyMatches: "error|li>$")))
        #expect(pattern.cause == "a match of \"error|li>$\" is not in the first \(absent.bytesRead) B \(breaksOff)")
        let unwanted = try await engine.probe(request(server.url, expect: Expected(bodyNotContains: ["Dịch vụ"])))
        #expect(unwanted.cause == "body contains \"Dịch vụ\"")
        let found = Expected(bodyContains: ["Dịch vụ"], bodyMatches: "<li>.*OK")
        #expect(try await engine.probe(request(server.url, expect: found)).cause == nil)
        let status = Expected(status: [404...404], bodyNotContains: ["Fatal error"])
        #expect(try await engine.probe(request(server.url, expect: status)).cause == "status 200, expected 404")
        #expect(try await engine.probe(request(server.url)).cause == nil)
    }

    /// Only its checksum is lacking; another member might have followed.
    @Test func aBodyWithoutItsTrailerIsCut() async throws {
        let page = CodedPage.gzip
        let server = try LoopbackServer {
            $0.answer(headers: ["Content-Encoding: gzip"], bytes: Array(page.dropLast(8)))
        }
        let engine = try engine()
        #expect(try await engine.probe(request(server.url, expect: Expected(bodyContains: ["OK"]))).cause == nil)
        let absent = try await engine.probe(request(server.url, expect: Expected(bodyNotContains: ["error"])))
        #expect(absent.state == .unknown)
    }

    @Test(arguments: CodedPage.samples)
    func everyCodingIsUndone(_ sample: CodedPage.Sample) async throws {
        let server = try LoopbackServer {
            $0.answer(headers: ["Content-Encoding: \(sample.codings)"], bytes: sample.bytes)
        }
        let chunked = try LoopbackServer {
            $0.answer(headers: ["Content-Encoding: \(sample.codings)"], bytes: sample.bytes, inChunks: true)
        }
        let engine = try engine()
        let expect = Expected(bodyContains: ["Dịch vụ"], bodyNotContains: ["error"], bodyMatches: "OK</li>$")
        for url in [server.url, chunked.url] {
            let result = try await engine.probe(request(url, expect: expect))
            #expect(result.cause == nil)
            #expect(result.bytesRead == CodedPage.text.utf8.count)
        }
    }

    /// However the headers say it, that it is gzip.
    @Test(arguments: [
        ["Content-Encoding: gzip, UTF-8"], ["Content-Encoding: UTF-8, gzip"],
        ["Content-Encoding: gzip", "Content-Encoding: UTF-8"], ["Content-Encoding: none,\r\n\tgzip"],
        ["Transfer-Encoding: gzip"],
    ])
    func theHeadersAreOneList(_ headers: [String]) async throws {
        let server = try LoopbackServer { $0.answer(headers: headers, bytes: CodedPage.gzip) }
        let expect = Expected(bodyContains: ["Dịch vụ"])
        #expect(try await engine().probe(request(server.url, expect: expect)).cause == nil)
    }

    /// Interim answers have headers of their own, and so has every hop.
    @Test(arguments: [
        ("HTTP/1.1 103 Early Hints\r\nContent-Encoding: UTF-8\r\n\r\n", true),
        ("HTTP/1.1 103 Early Hints\r\nContent-Encoding: br\r\n\r\n", true),
        ("HTTP/1.1 103 Early Hints\r\nContent-Encoding: gzip\r\n\r\n", false),
    ])
    func theCodingIsThatOfTheLastAnswer(_ interim: String, _ isCoded: Bool) async throws {
        let server = try LoopbackServer(speaksFirst: true) { connection in
            guard connection.readRequest().hasPrefix("GET /next ") else {
                return connection.answer("302 Found", headers: ["Location: /next", "Content-Encoding: br"])
            }
            connection.send(interim)
            connection.answer(
                headers: isCoded ? ["Content-Encoding: gzip"] : [],
                bytes: isCoded ? CodedPage.gzip : Array(CodedPage.text.utf8))
        }
        let expect = Expected(bodyContains: ["Dịch vụ"])
        #expect(try await engine().probe(request(server.url, redirects: 1, expect: expect)).cause == nil)
    }

    /// What has no body lacks no end of one.
    @Test(arguments: [
        ("HEAD", "200 OK", ["Content-Length: 1000"]), ("GET", "204 No Content", []), ("GET", "304 Not Modified", []),
        ("GET", "200 OK", ["Content-Length: 0"]),
    ])
    func whatHasNoBodyIsWhole(_ method: String, _ status: String, _ headers: [String]) async throws {
        let server = try LoopbackServer { connection in
            let lines = ["HTTP/1.1 \(status)", "Content-Encoding: gzip"] + headers
            connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
        }
        let expect = Expected(bodyNotContains: ["error"])
        #expect(try await engine().probe(request(server.url, method: method, expect: expect)).cause == nil)
    }

    @Test func whatIsDamagedIsDown() async throws {
        var gzip = CodedPage.gzip
        gzip[gzip.count - 5] ^= 1
        let (damaged, none) = (gzip, Array(CodedPage.text.utf8))
        let first = try LoopbackServer { $0.answer(headers: ["Content-Encoding: gzip"], bytes: damaged) }
        let second = try LoopbackServer { $0.answer(headers: ["Content-Encoding: gzip"], bytes: none) }
        let engine = try engine()
        for (url, words) in [(first.url, "incorrect data check"), (second.url, "incorrect header check")] {
            let result = try await engine.probe(request(url, expect: Expected(bodyContains: ["Dịch vụ"])))
            #expect(result.state == .down)
            #expect(result.cause == "compressed body is damaged: gzip: \(words)")
        }
    }

    /// Of 4 MiB in 14 bytes no more than the limit.
    @Test func aLimitIsOfWhatIsDecoded() async throws {
        let server = try LoopbackServer { $0.answer(headers: ["Content-Encoding: br"], bytes: CodedPage.bomb) }
        let result = try await engine().probe(
            request(server.url, bodyLimit: 16 << 10, expect: Expected(bodyNotContains: ["error"])))
        #expect(result.state == .unknown)
        #expect(result.cause?.hasSuffix("of the body; what follows was not read (body_limit)") == true)
        #expect(result.bytesRead == 16 << 10)
        let whole = try await engine().probe(
            request(server.url, bodyLimit: 4 << 20, expect: Expected(bodyNotContains: ["error"])))
        #expect(whole.cause == nil)
    }

    @Test func muchBetweenTwoCodingsIsDown() async throws {
        let server = try LoopbackServer {
            $0.answer(headers: ["Content-Encoding: gzip, br"], bytes: CodedPage.endlessName)
        }
        let result = try await engine().probe(request(server.url))
        #expect(result.cause?.hasPrefix("too much around the body") == true, "\(result.cause ?? "up")")
    }

    /// We say what we understand, unless the check says that itself.
    @Test func whatIsUnderstoodIsSaid() async throws {
        let seen = Seen()
        let server = try LoopbackServer(speaksFirst: true) { connection in
            let lines = connection.readRequest().split(separator: "\r\n")
            seen.add(lines.filter { $0.lowercased().hasPrefix("accept-encoding") }.joined(separator: "|"))
            connection.answer()
        }
        let engine = try engine()
        _ = try await engine.probe(request(server.url))
        _ = try await engine.probe(request(server.url, headers: [.init(name: "accept-encoding", value: "br")]))
        #expect(seen.all == ["Accept-Encoding: gzip, deflate, br, zstd", "accept-encoding: br"])
    }
}
