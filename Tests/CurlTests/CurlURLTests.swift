import Curl
import Testing

@Suite struct CurlURLTests {
    @Test func isTakenApart() throws {
        let url = try #require(CurlURL("HTTPS://user:secret@Acme.example/a?b=c#d"))
        #expect(url.text == "https://Acme.example/a?b=c")
        #expect(url.scheme == "https" && url.host == "Acme.example" && url.port == 443)
        #expect(url.isTLS && url.isHTTP)
        #expect(url.origin == "https://acme.example:443")
    }

    @Test(arguments: [
        ("http://[::1]:8080/", "::1", 8080), ("http://192.0.2.1", "192.0.2.1", 80),
        ("smtps://mail.example", "mail.example", 465), ("https://bücher.example/", "xn--bcher-kva.example", 443),
    ])
    func hasAHostAndAPort(_ text: String, _ host: String, _ port: Int) throws {
        let url = try #require(CurlURL(text))
        #expect(url.host == host && url.port == port)
    }

    @Test(arguments: [
        "", "acme.example", "nonsense://acme.example/", "http://", "http://a b/", "http://a:99999/", "http://a/\0",
    ])
    func isNone(_ text: String) {
        #expect(CurlURL(text) == nil)
    }
}
