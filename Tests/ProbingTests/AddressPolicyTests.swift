import Addresses
import SLA
import Testing

@testable import Probing

@Suite struct AddressPolicyTests {
    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "169.254.169.254", "172.16.0.1",
        "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fd12::1", "fe80::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::",
        "2002:a9fe:a9fe::1", "2001::1", "2001:db8::1", "3fff::1", "4000::1",
    ])
    func isRefused(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!AddressPolicy.publicOnly.permits(address))
        #expect(try AddressPolicy(allowing: ["0.0.0.0/0", "::/0"].map(Network.init)).permits(address))
    }

    @Test(arguments: [
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
        "223.255.255.255", "2606:4700::1111", "2001:200::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
    ])
    func isPublic(_ text: String) throws {
        #expect(AddressPolicy.publicOnly.permits(try #require(IPAddress(text))))
    }

    @Test func whatIsListedIsAllowedInAllItsForms() throws {
        let policy = try AddressPolicy(allowing: ["10.0.0.0/30", "fd00::/127", "192.168.1.7"].map(Network.init))
        let allowed = ["10.0.0.3", "::ffff:10.0.0.3", "64:ff9b::a00:3", "fd00::1", "192.168.1.7"]
        let refused = ["10.0.0.4", "::ffff:10.0.0.4", "fd00::2", "192.168.1.6"]
        for text in allowed { #expect(policy.permits(try #require(IPAddress(text))), "\(text)") }
        for text in refused { #expect(!policy.permits(try #require(IPAddress(text))), "\(text)") }
    }

    @Test func aForbiddenAddressIsOurMistake() async throws {
        let server = try LoopbackServer { $0.answer() }
        let result = try await engine(allowing: []).probe(request("http://localhost:\(server.port)/"))
        #expect(result.state == .unknown)
        #expect(result.cause == "address 127.0.0.1 is not allowed by probing.allow_addresses")
        #expect(server.accepted == 0)
    }
}
