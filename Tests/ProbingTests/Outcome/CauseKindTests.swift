import Curl
import SLA
import Testing

@testable import Probing

/// The core tells causes apart as the probes give them, and those of an earlier version by their words.
@Suite struct CauseKindTests {
    private func kind(_ outcome: ProbeOutcome?) -> CauseKind? { (outcome?.cause).map { CauseKind($0) } }

    @Test(arguments: [NameAnswer.noSuchName, .noAddress])
    func aNameIsAName(_ answer: NameAnswer) {
        let outcome = ProbeOutcome(name: answer, host: "acme.example", family: .any, waited: 1000)
        #expect(kind(outcome) == .name)
    }

    @Test func aStatusIsADeliveryNetworksOwnOrNot() {
        #expect(CauseKind(.unexpected(.status(522, expected: [200...399]))) == .deliveryNetwork(status: 522))
        #expect(CauseKind(.unexpected(.status(503, expected: [200...399]))) == .service)
    }

    @Test(arguments: [0, 9, 10, 18])
    func aCertificateIsACertificate(_ result: Int) {
        let transfer = FinishedTransfer(
            code: .peerFailedVerification, text: "", systemError: 0, socketError: 0, verifyResult: result,
            status: 0, redirect: nil, times: .init(tls: 0, firstByte: 0, total: 0), headers: [], headersEnded: false,
            headersTooLong: false, body: [], bodyBytes: 0, bodyWasCut: false, certificates: [])
        let outcome = CertificateFailure.outcome(transfer, chain: [], host: "h", now: Instant(milliseconds: 0))
        #expect(kind(outcome) == .certificate)
    }

    @Test(
        arguments: [
            .connection(.refused), .connection(.noRoute), .timeout(10_000, while: .connecting), .noAnswer,
        ] as [Cause])
    func anythingElseSpeaksOfTheService(_ cause: Cause) {
        #expect(CauseKind(cause) == .service)
    }

    /// Words as an earlier version kept them, each of which was a cause of that kind.
    @Test(
        arguments: [
            ("name does not exist: acme.example", .name), ("name does not exist: h has no address", .name),
            ("name has no IPv4 address: h", .name),
            ("certificate expired", .certificate), ("issuer's certificate is valid only in 5 hours", .certificate),
            ("certificate could not be read", .certificate),
            ("status 522, expected 200-399", .deliveryNetwork(status: 522)), ("status 503, expected 200-399", .service),
            ("connection refused", .service), ("no route to host", .service),
            ("timeout after 10 s while connecting", .service), ("", .service),
        ] as [(String, CauseKind)])
    func theWordsOfAnEarlierVersionSayTheSame(_ words: String, _ kind: CauseKind) {
        #expect(CauseKind(.text(words)) == kind)
    }
}
