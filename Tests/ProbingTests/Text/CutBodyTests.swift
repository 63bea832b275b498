import Foundation
import SLA
import Testing

@testable import Probing

/// What was read of a body that goes on decides where something was found in it, and nothing where it was not.
@Suite struct CutBodyTests {
    /// A page of 40 KiB with `text` behind `place` bytes.
    private func page(_ text: String, at place: Int) -> String {
        String(repeating: "x", count: place) + text + String(repeating: "x", count: 40_960 - place - text.utf8.count)
    }

    private let notRead = "of the body; what follows was not read (body_limit)"

    @Test(
        arguments: [
            (Expected(bodyContains: ["Acme"]), 100, SampleState.up, nil),
            (Expected(bodyContains: ["Acme"]), 30_000, .unknown, "\"Acme\" is not in the first 16 KiB"),
            (Expected(bodyNotContains: ["Acme"]), 100, .down, "body contains \"Acme\""),
            (Expected(bodyNotContains: ["Acme"]), 30_000, .unknown, "\"Acme\" is not in the first 16 KiB"),
            (Expected(bodyMatches: "A..e"), 100, .up, nil),
            (Expected(bodyMatches: "A..e"), 30_000, .unknown, "a match of \"A..e\" is not in the first 16 KiB"),
            (Expected(bodyMatches: "x$"), 100, .unknown, "a match of \"x$\" is not in the first 16 KiB"),
            // What was found decides, and what is known to be wrong.
            (Expected(bodyContains: ["Corp"], bodyNotContains: ["Acme"]), 100, .down, "body contains \"Acme\""),
            (Expected(status: [404...404], bodyContains: ["Corp"]), 100, .down, "status 200, expected 404"),
            (
                Expected(bodyContains: ["Corp"], headers: [.init(name: "x", matches: nil)]), 0, .down,
                "header x is missing"
            ),
        ] as [(Expected, Int, SampleState, String?)])
    func decidesOnlyByWhatWasFound(
        _ expect: Expected, _ place: Int, _ state: SampleState, _ cause: String?
    ) async throws {
        let body = page("Acme", at: place)
        let server = try LoopbackServer { $0.answer(body: body) }
        let engine = try engine()
        let cut = try await engine.probe(request(server.url, bodyLimit: 16 << 10, expect: expect))
        #expect(cut.state == state)
        #expect(cut.cause == (state == .unknown ? cause.map { "\($0) \(notRead)" } : cause))
        #expect(cut.bytesRead == 16 << 10)
    }

    /// The whole body decides everything; so does one that is exactly as long as what is read.
    @Test func aBodyThatEndsInTimeIsWhole() async throws {
        let body = page("Acme", at: 40_956)
        let server = try LoopbackServer { $0.answer(body: body) }
        let engine = try engine()
        let lacks = try await engine.probe(
            request(server.url, bodyLimit: 40_960, expect: Expected(bodyContains: ["Corp"])))
        #expect(lacks.cause == "body does not contain \"Corp\"")
        let good = try await engine.probe(
            request(server.url, bodyLimit: 40_960, expect: Expected(bodyNotContains: ["Corp"], bodyMatches: "Acme$")))
        #expect(good.cause == nil)
    }

    @Test func aMebibyteIsReadUnlessAnythingElseIsSaid() async throws {
        let server = try LoopbackServer { connection in
            connection.answer(body: String(repeating: "<p>text</p>\n", count: 100_000) + "Acme")
        }
        let engine = try engine()
        let expect = Expected(bodyContains: ["Acme"])
        let cut = try await engine.probe(request(server.url, expect: expect))
        #expect(cut.state == .unknown)
        #expect(cut.cause == "\"Acme\" is not in the first 1 MiB \(notRead)")
        #expect(try await engine.probe(request(server.url, bodyLimit: 2 << 20, expect: expect)).cause == nil)
    }

    /// Over the wire, in pieces that tear a character: header, document, and both of them searched alike.
    @Test(arguments: [
        ["Content-Type: text/html; charset=gb2312"], ["Content-Type: text/html"], [],
    ])
    func aPageInGBKIsRead(_ headers: [String]) async throws {
        // 欢迎光临 Acme
        let words: [UInt8] = [0xBB, 0xB6, 0xD3, 0xAD, 0xB9, 0xE2, 0xC1, 0xD9]
        let body = Array("<html><meta charset=gb2312><p>".utf8) + words + Array(" Acme</p>".utf8)
        let server = try LoopbackServer { connection in
            connection.send(
                (["HTTP/1.1 200 OK", "Content-Length: \(body.count)"] + headers).joined(separator: "\r\n") + "\r\n\r\n")
            for byte in body {
                _ = withUnsafeBytes(of: byte) { Glibc.send(connection.descriptor, $0.baseAddress, 1, 0) }
                if byte >= 0x80 { usleep(2000) }
            }
        }
        let expect = Expected(bodyContains: ["欢迎光临 Acme"], bodyNotContains: ["错误"], bodyMatches: "^<html>.*光临 A")
        #expect(try await engine().probe(request(server.url, expect: expect)).cause == nil)
        let wrong = try await engine().probe(request(server.url, expect: Expected(bodyContains: ["»¶Ó"])))
        #expect(wrong.state == .down)
    }
}
