import Addresses
import Testing

@Suite struct NetworkTests {
    @Test(
        arguments: [
            ("", .notANetwork), ("/", .notANetwork), ("10.0.0/8", .notANetwork), ("a/8", .notANetwork),
            ("10.0.0.0/", .prefixLength(most: 32)), ("10.0.0.0/33", .prefixLength(most: 32)),
            ("10.0.0.0/-1", .prefixLength(most: 32)), ("10.0.0.0/+8", .prefixLength(most: 32)),
            ("10.0.0.0/8/8", .prefixLength(most: 32)), ("10.0.0.0/08", .prefixLength(most: 32)),
            ("10.0.0.0/8888888888888888888", .prefixLength(most: 32)), ("::/129", .prefixLength(most: 128)),
            ("10.1.0.0/8", .hostBits(prefixLength: 8)), ("10.0.0.1/31", .hostBits(prefixLength: 31)),
            ("0.0.0.1/0", .hostBits(prefixLength: 0)), ("128.0.0.0/0", .hostBits(prefixLength: 0)),
            ("fd00::1/8", .hostBits(prefixLength: 8)), ("fd00::1/64", .hostBits(prefixLength: 64)),
            ("fd00:0:0:1::/63", .hostBits(prefixLength: 63)), ("fd00::1/127", .hostBits(prefixLength: 127)),
            ("::1/0", .hostBits(prefixLength: 0)), ("8000::/0", .hostBits(prefixLength: 0)),
        ] as [(String, Network.Mistake)])
    func isNoNetwork(_ text: String, _ mistake: Network.Mistake) {
        #expect(throws: mistake) { try Network(text) }
    }

    @Test(arguments: [
        "10.0.0.1", "10.0.0.1/32", "10.0.0.2/31", "128.0.0.0/1", "fd00::1", "fd00::1/128", "fd00::2/127",
        "fd00:0:0:1::/64", "fd00::8000:0:0:0/65", "8000::/1",
    ])
    func isNetwork(_ text: String) throws {
        let first = try #require(IPAddress(String(text.prefix { $0 != "/" })))
        #expect(try Network(text).contains(first))
    }

    @Test(
        arguments: [
            ("10.0.0.4/30", "10.0.0.7", true), ("10.0.0.4/30", "10.0.0.8", false), ("10.0.0.4/30", "10.0.0.3", false),
            ("0.0.0.0/0", "255.255.255.255", true), ("0.0.0.0/0", "::", false), ("::/0", "ffff::1", true),
            ("::/0", "0.0.0.0", false), ("fd00::/63", "fd00:0:0:1:ffff::", true), ("fd00::/64", "fd00:0:0:1::", false),
            ("fd00::/65", "fd00::7fff:0:0:1", true), ("fd00::/65", "fd00::8000:0:0:0", false),
        ])
    func whatLiesInside(_ network: String, _ address: String, _ isInside: Bool) throws {
        #expect(try Network(network).contains(try #require(IPAddress(address))) == isInside)
    }

    /// Bits behind the length are a mistake in what people write, and nothing in what is computed.
    @Test func isTheSameHoweverItIsMade() throws {
        #expect(Network(IPAddress(ipv4: 0x0A01_0203), prefixLength: 8) == (try Network("10.0.0.0/8")))
        #expect(Network(IPAddress(ipv6: 0, 1), prefixLength: 200) == (try Network("::1")))
        #expect(Network(IPAddress(ipv6: 0, 1), prefixLength: -1) == (try Network("::/0")))
    }

    @Test func isWrittenAsItIsRead() throws {
        for text in ["10.0.0.0/8", "192.0.2.7", "fd00::/8", "::1", "0.0.0.0/0"] {
            #expect(try Network(text).description == text)
        }
        #expect(try Network("FD00::1/128").description == "fd00::1")
    }
}
