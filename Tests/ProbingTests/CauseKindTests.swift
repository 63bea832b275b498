import Curl
import SLA
import Testing

@testable import Probing

/// The core tells causes apart by the words that probes use: these are those words.
@Suite struct CauseKindTests {
    private func cause(_ outcome: ProbeOutcome?) -> String { outcome?.cause ?? "" }

    @Test(arguments: [NameAnswer.noSuchName, .noAddress])
    func aNameIsAName(_ answer: NameAnswer) {
        let outcome = ProbeOutcome(name: answer, host: "acme.example", family: .any, timeout: 1000)
        #expect(CauseKind(cause(outcome)) == .name)
    }

    @Test func aStatusIsADeliveryNetworksOwnOrNot() {
        #expect(CauseKind(Cause.status(522, expected: [200...399])) == .deliveryNetwork(status: 522))
        #expect(CauseKind(Cause.status(503, expected: [200...399])) == .service)
    }

    @Test(arguments: [0, 9, 10, 18])
    func aCertificateIsACertificate(_ result: Int) {
        let transfer = FinishedTransfer(
            code: .peerFailedVerification, text: "", systemError: 0, socketError: 0, verifyResult: result,
            status: 0, redirect: nil, times: .init(connect: 0, tls: 0, firstByte: 0, total: 0), isConnected: true,
            headers: [], headersEnded: false, headersTooLong: false, body: [], bodyBytes: 0, bodyWasCut: false,
            certificates: [])
        let outcome = CertificateFailure.outcome(transfer, chain: [], host: "h", now: Instant(milliseconds: 0))
        #expect(CauseKind(cause(outcome)) == .certificate)
    }

    @Test(arguments: ["connection refused", "no route to host", "timeout after 10 s while connecting", ""])
    func anythingElseSpeaksOfTheService(_ text: String) {
        #expect(CauseKind(text) == .service)
    }
}
