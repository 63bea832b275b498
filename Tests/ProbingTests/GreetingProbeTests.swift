import Foundation
import Glibc
import SLA
import Testing

@testable import Probing

@Suite struct GreetingProbeTests {
    @Test func anOpenPortIsUp() async throws {
        let server = try LoopbackServer(speaksFirst: true) { $0.hang() }
        let engine = try engine()
        let result = try await engine.probe(request("tcp://127.0.0.1:\(server.port)"))
        #expect(result.cause == nil)
        #expect(result.state == .up)
        let refused = try await engine.probe(request("tcp://127.0.0.1:\(closedPort())"))
        #expect(refused.cause == "connection refused")
    }

    @Test(arguments: [
        ("smtp", "220 mx.test ESMTP\r\n"), ("imap", "* OK ready\r\n"), ("pop3", "+OK ready\r\n"),
    ])
    func aGreetingIsUp(_ scheme: String, _ greeting: String) async throws {
        let server = try LoopbackServer(speaksFirst: true) { connection in
            connection.send(greeting)
            Self.talk(connection, scheme)
        }
        let result = try await engine().probe(request("\(scheme)://127.0.0.1:\(server.port)"))
        #expect(result.cause == nil)
        #expect(result.state == .up)
    }

    @Test(arguments: [("smtp", "554 go away\r\n"), ("imap", "* BYE go away\r\n"), ("pop3", "-ERR go away\r\n")])
    func aRefusalIsDownAndIsQuoted(_ scheme: String, _ refusal: String) async throws {
        let wrong = try LoopbackServer(speaksFirst: true) { connection in
            connection.send(refusal)
            connection.hang()
        }
        let silent = try LoopbackServer(speaksFirst: true) { $0.hang() }
        let engine = try engine()
        let refused = try await engine.probe(request("\(scheme)://127.0.0.1:\(wrong.port)"))
        #expect(refused.state == .down)
        let words = refusal.trimmingCharacters(in: .newlines)
        #expect(refused.cause == "\(scheme.uppercased()) server refuses: \(words)")
        let late = try await engine.probe(request("\(scheme)://127.0.0.1:\(silent.port)", timeout: 300))
        #expect(late.state == .down)
        #expect(late.cause == "timeout after 0.300 s while waiting for the greeting")
    }

    @Test(arguments: ["smtp", "imap", "pop3"])
    func whatIsNoGreetingIsAnotherProtocol(_ scheme: String) async throws {
        let server = try LoopbackServer(speaksFirst: true) { connection in
            connection.send("SSH-2.0-OpenSSH_9.2\r\n")
            connection.hang()
        }
        let result = try await engine().probe(request("\(scheme)://127.0.0.1:\(server.port)", timeout: 2000))
        #expect(result.state == .down)
        #expect(result.cause == "answer is not \(scheme.uppercased()): SSH-2.0-OpenSSH_9.2")
    }

    /// What is said after the greeting, and how; `$` is the tag of an IMAP command.
    @Test(arguments: [
        ("smtp", "220 mx.test\r\n", "421 4.7.0 later\r\n", "SMTP server refuses: 421 4.7.0 later"),
        ("smtp", "250 mx.test\r\n", "250 mx.test\r\n", "answer is not SMTP: 250 mx.test"),
        ("imap", "* OK ready\r\n", "$ NO cannot\r\n", "IMAP server refuses: A001 NO cannot"),
        ("imap", "* OK ready\r\n", "$ BAD what\r\n", "IMAP server refuses: A001 BAD what"),
        ("imap", "* OK ready\r\n", "* BYE shutting down\r\n", "IMAP server refuses: * BYE shutting down"),
        ("imap", "* OK There is NO spam here\r\n", "", "connection closed before an answer"),
        ("imap", "* ok ready\r\n", "* CAPABILITY IMAP4rev1\r\n$ OK done\r\n", nil),
    ])
    func whatFollowsAGreetingCounts(
        _ scheme: String, _ greeting: String, _ answer: String, _ cause: String?
    ) async throws {
        let server = try LoopbackServer(speaksFirst: true) { connection in
            connection.send(greeting)
            var buffer = [UInt8](repeating: 0, count: 512)
            let count = recv(connection.descriptor, &buffer, buffer.count, 0)
            let tag = String(decoding: buffer[0..<max(0, count)], as: UTF8.self).prefix { $0 != " " }
            connection.send(answer.replacing("$", with: tag))
        }
        let result = try await engine().probe(request("\(scheme)://127.0.0.1:\(server.port)", timeout: 60_000))
        #expect(result.cause == cause)
    }

    /// The few words that a client may say before it is greeted to the end.
    private static func talk(_ connection: Connection, _ scheme: String) {
        var buffer = [UInt8](repeating: 0, count: 512)
        while true {
            let count = recv(connection.descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            let words = String(decoding: buffer[0..<count], as: UTF8.self).split(separator: " ")
            switch scheme {
            case "smtp": connection.send("250 mx.test\r\n")
            case "imap": connection.send("* CAPABILITY IMAP4rev1\r\n\(words[0]) OK done\r\n")
            default: connection.send("+OK\r\nUSER\r\n.\r\n")
            }
        }
    }
}
