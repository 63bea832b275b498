import Curl
import Glibc
import SLA
import Testing

@testable import Probing

@Suite struct TransferFailureTests {
    private func outcome(
        _ code: CurlCode, connect: Int32 = 0, socket: Int32 = 0, _ text: String = "", isConnected: Bool = false,
        firstByte: Int64 = 0, headersEnded: Bool = false, scheme: ProbeScheme = .http
    ) -> WordedOutcome {
        let transfer = FinishedTransfer(
            code: code, text: text, systemError: connect, socketError: socket, verifyResult: 0, status: 0,
            redirect: nil, times: .init(connect: 0, tls: 0, firstByte: firstByte, total: 0), isConnected: isConnected,
            headers: [], headersEnded: headersEnded, headersTooLong: false, body: [], bodyBytes: 0, bodyWasCut: false,
            certificates: [])
        return TransferFailure(transfer: transfer, scheme: scheme, timeout: 10_000).outcome().worded
    }

    @Test(arguments: [
        (EMFILE, "too many open files"), (ENFILE, "too many open files"),
        (ENOBUFS, "out of memory for sockets"), (ENOMEM, "out of memory for sockets"),
        (EAFNOSUPPORT, "address family is not available here"),
        (EACCES, "this machine does not permit the connection"),
    ])
    func aSocketThatCannotBeMadeIsOurFault(_ code: Int32, _ cause: String) {
        #expect(outcome(.couldNotConnect, socket: code) == .unknown(cause))
    }

    @Test(arguments: [
        (EADDRNOTAVAIL, SampleState.unknown, "no local address or port is free"),
        (ENETUNREACH, .unknown, "network is unreachable from here"),
        (ECONNREFUSED, .down, "connection refused"), (EHOSTUNREACH, .down, "no route to host"),
        (ETIMEDOUT, .down, "connection attempt timed out"),
    ])
    func aConnectionThatFailsIsOursOrTheirs(_ code: Int32, _ state: SampleState, _ cause: String) {
        #expect(outcome(.couldNotConnect, connect: code) == WordedOutcome(state: state, cause: cause))
    }

    @Test func libcurlsOwnTroubleIsOurs() {
        #expect(outcome(.operationTimedOut, socket: ENOMEM) == .unknown("out of memory for sockets"))
        #expect(outcome(.outOfMemory) == .unknown("Out of memory"))
        #expect(
            outcome(.badTrustFile, "error setting certificate file")
                == .unknown("error setting certificate file"))
        #expect(outcome(.operationTimedOut) == .down("timeout after 10 s while connecting"))
        #expect(outcome(.gotNothing) == .down("connection closed before an answer"))
    }

    @Test func memoryThatTheHeadersUseUpIsTheirs() {
        let code = CurlCode.outOfMemory
        #expect(outcome(code, isConnected: true, firstByte: 900) == .down("headers are too long"))
        #expect(outcome(code, isConnected: true, firstByte: 900, scheme: .https) == .down("headers are too long"))
        // Before a byte of the answer came, it is our own.
        #expect(outcome(code, isConnected: true) == .unknown("Out of memory"))
        #expect(outcome(code, isConnected: true, firstByte: 900, headersEnded: true) == .unknown("Out of memory"))
        #expect(outcome(code, isConnected: true, scheme: .smtp) == .unknown("Out of memory"))
    }
}
