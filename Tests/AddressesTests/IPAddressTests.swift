import Addresses
import Glibc
import Testing

@Suite struct IPAddressTests {
    @Test func addressesAreWrittenAsTheyAreRead() {
        for text in ["192.0.2.1", "2001:db8::1", "::", "::ffff:10.0.0.1"] {
            #expect(IPAddress(text)?.description == text)
        }
        for text in ["", "1.2.3", "01.2.3.4", "fe80::1%eth0", "[::1]", "localhost", "192.0.2.1\0", "::4\0ff"] {
            #expect(IPAddress(text) == nil)
        }
    }

    @Test func standsInBracketsInURLs() {
        #expect(IPAddress("192.0.2.1")?.inURL == "192.0.2.1")
        #expect(IPAddress("2001:db8::1")?.inURL == "[2001:db8::1]")
    }

    @Test(arguments: [
        ("::ffff:192.0.2.1", "192.0.2.1"), ("::192.0.2.1", "192.0.2.1"), ("64:ff9b::192.0.2.1", "192.0.2.1"),
        ("2002:c000:201::5", "192.0.2.1"), ("::1", nil), ("::", nil), ("2001:db8::1", nil), ("192.0.2.1", nil),
    ])
    func carriesAnother(_ text: String, _ embedded: String?) {
        #expect(IPAddress(text)?.embedded == embedded.flatMap { IPAddress($0) })
    }

    @Test func isReadFromTheSystemsForm() {
        var v4 = sockaddr_in()
        v4.sin_family = sa_family_t(AF_INET)
        v4.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        let address = withUnsafePointer(to: &v4) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { IPAddress(socketAddress: $0) }
        }
        #expect(address == IPAddress("127.0.0.1"))
        var other = sockaddr()
        other.sa_family = sa_family_t(AF_UNIX)
        #expect(IPAddress(socketAddress: &other) == nil)
    }
}
