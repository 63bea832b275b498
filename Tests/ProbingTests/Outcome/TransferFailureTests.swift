import Curl
import Glibc
import SLA
import Testing

@testable import Probing

@Suite struct TransferFailureTests {
    private func outcome(
        _ code: CurlCode, system: Int32 = 0, socket: Int32 = 0, _ text: String = "", firstByte: Int64 = 0,
        headersEnded: Bool = false, scheme: ProbeScheme = .http, said: String = ""
    ) -> WordedOutcome {
        let transfer = FinishedTransfer(
            code: code, text: text, systemError: system, socketError: socket, verifyResult: 0, status: 0,
            redirect: nil, times: .init(tls: 0, firstByte: firstByte, total: 0), headers: [],
            headersEnded: headersEnded, headersTooLong: false, body: [], bodyBytes: 0, bodyWasCut: false,
            certificates: [], said: said)
        return TransferFailure(transfer: transfer, scheme: scheme, timeout: 10_000).outcome().worded
    }

    /// Once something was sent, a way that ends may end anywhere; what only this machine can lack is still its own.
    @Test(arguments: [
        (ENOBUFS, SampleState.unknown, "the monitor's machine has no memory left for connections"),
        (ENETDOWN, .unknown, "the monitor's machine has no route to the address"),
        (ENETUNREACH, .down, "network unreachable, says a router on the way"),
        (EHOSTUNREACH, .down, "no route to host"), (ETIMEDOUT, .down, "connection attempt timed out"),
        (ECONNRESET, .down, "connection reset before an answer"),
    ])
    func aConnectionThatIsLostIsOursOrTheirs(_ code: Int32, _ state: SampleState, _ cause: String) {
        #expect(outcome(.receiveError, system: code) == WordedOutcome(state: state, cause: cause))
    }

    @Test func libcurlsOwnTroubleIsOurs() {
        #expect(
            outcome(.operationTimedOut, socket: ENOMEM)
                == .unknown("the monitor's machine has no memory left for connections"))
        #expect(outcome(.outOfMemory) == .unknown("Out of memory"))
        #expect(
            outcome(.badTrustFile, "error setting certificate file")
                == .unknown("error setting certificate file"))
        #expect(outcome(.operationTimedOut) == .down("timeout after 10 s while waiting for the first byte"))
        #expect(outcome(.gotNothing) == .down("connection closed before an answer"))
    }

    @Test(arguments: [
        (ProbeScheme.smtp, "554 5.7.1 no service", true), (.smtps, "421-too many\r\n421 connections", true),
        (.smtp, "220 mx.test", false), (.smtp, "SSH-2.0-x", false), (.imap, "* BYE overloaded", true),
        (.imaps, "* OK ready", false), (.pop3, "-ERR locked", true), (.pop3s, "+OK", false), (.smtp, "", false),
    ])
    func aGreetingThatRefusesIsOfTheProtocol(_ scheme: ProbeScheme, _ said: String, _ refuses: Bool) {
        let found = outcome(.weirdServerReply, "Weird server reply", scheme: scheme, said: said)
        #expect(found.state == .down)
        #expect(found.cause?.contains("server refuses: ") == refuses, "\(found.cause ?? "")")
    }

    @Test func memoryThatTheHeadersUseUpIsTheirs() {
        let code = CurlCode.outOfMemory
        #expect(outcome(code, firstByte: 900) == .down("headers are too long"))
        #expect(outcome(code, firstByte: 900, scheme: .https) == .down("headers are too long"))
        // Before a byte of the answer came, it is our own.
        #expect(outcome(code) == .unknown("Out of memory"))
        #expect(outcome(code, firstByte: 900, headersEnded: true) == .unknown("Out of memory"))
        #expect(outcome(code, scheme: .smtp) == .unknown("Out of memory"))
    }
}
