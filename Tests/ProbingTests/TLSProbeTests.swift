import Foundation
import SLA
import Testing

@testable import Curl
@testable import Probing

@Suite struct TLSProbeTests {
    @Test func aGoodCertificateIsUpAndItsEndIsRead() async throws {
        let server = try TLSServer("good")
        let url = "https://localhost:\(server.port)/"
        let engine = try engine()
        let result = try await engine.probe(request(url, expect: Expected(certificateDaysLeft: 20)))
        #expect(result.cause == nil)
        let left = try #require(result.certificate).notAfter - result.observation.sample.at
        #expect(left / 86_400_000 == 20)
        let phases = result.observation.phases
        #expect(try #require(phases.connect) <= #require(phases.tls))
        #expect(try #require(phases.tls) <= #require(phases.firstByte))
        let short = try await engine.probe(request(url, expect: Expected(certificateDaysLeft: 30)))
        #expect(short.state == .down)
        #expect(short.cause == "certificate is valid for 20 days, at least 30 expected")
    }

    @Test(arguments: [
        ("expired", "certificate expired 3 days ago"),
        ("future", "certificate is valid only in 5 days"),
        ("other", "certificate is for other names than localhost"),
        ("self", "certificate is not trusted: self-signed certificate"),
    ])
    func aBadCertificateIsDownAndSaysWhy(_ certificate: String, _ cause: String) async throws {
        let server = try TLSServer(certificate)
        let result = try await engine().probe(request("https://localhost:\(server.port)/"))
        #expect(result.state == .down)
        #expect(result.cause == cause)
        #expect(result.certificate != nil)
    }

    @Test func aServerWithoutTLSIsDown() async throws {
        let server = try LoopbackServer(speaksFirst: true) { $0.send("220 hello\r\n") }
        let result = try await engine().probe(request("https://localhost:\(server.port)/"))
        #expect(result.state == .down)
        #expect(result.cause?.hasPrefix("TLS was not agreed: ") == true)
    }

    @Test func aServerThatKeepsSilentInTheHandshakeIsDown() async throws {
        let server = try LoopbackServer(speaksFirst: true) { $0.hang() }
        let result = try await engine().probe(request("https://localhost:\(server.port)/", timeout: 300))
        #expect(result.state == .down)
        #expect(result.cause == "timeout after 0.300 s while agreeing on TLS")
    }

    @Test func certificateDatesAreRead() throws {
        #expect(CertificateFields.instant("Nov  2 09:05:00 2026 GMT")?.milliseconds == 1_793_610_300_000)
        #expect(CertificateFields.instant("Nov 31 09:05:00 2026 GMT") == nil)
        #expect(CertificateFields.instant("2026-11-02 09:05:00 GMT") == nil)
    }

    /// Debian's libcurl trusts a whole directory of authorities beside any file that is named.
    @Test func whatIsTrustedIsTheFileAlone() throws {
        let server = try TLSServer("good")
        let certificates = try Certificates.shared.get()
        let trusted = certificates.directory + "/trusted"
        try FileManager.default.createDirectory(atPath: trusted, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: certificates.caFile, toPath: trusted + "/ca.pem")
        try certificates.openssl(["rehash", trusted])
        let easy = try #require(EasyHandle())
        try easy.isolate()
        try easy.set(.url, "https://localhost:\(server.port)/")
        try easy.set(.freshConnect, true)
        try easy.onBody { _ in true }
        try easy.set(.caDirectory, trusted)
        try easy.set(.caFile, certificates.directory + "/self.pem")
        #expect(easy.perform() == .ok)
        try easy.trust(certificates.directory + "/self.pem")
        #expect(easy.perform() == .peerFailedVerification)
        try easy.trust(certificates.caFile)
        #expect(easy.perform() == .ok)
    }
}
