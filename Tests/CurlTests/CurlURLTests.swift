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
        // A number is an address, however it is written.
        ("http://127.1/", "127.0.0.1", 80), ("http://%31%32%37.1/", "127.0.0.1", 80),
        ("http://１２７.1/", "127.0.0.1", 80),
        ("http:/%333", "0.0.0.33", 80),
    ])
    func hasAHostAndAPort(_ text: String, _ host: String, _ port: Int) throws {
        let url = try #require(CurlURL(text))
        #expect(url.host == host && url.port == port)
    }

    /// Where redirects point from there, as the WHATWG URL standard has it.
    @Test(arguments: [
        ("/b", "http://acme.example:8080/b"), ("b?c", "http://acme.example:8080/x/b?c"),
        ("?c", "http://acme.example:8080/x/y?c"),
        ("\\b\\c?d\\e", "http://acme.example:8080/b/c?d\\e"), ("//other.example/", "http://other.example/"),
        ("\\\\other.example\\b", "http://other.example/b"), ("/\\other.example", "http://other.example/"),
        ("https:\\\\other.example", "https://other.example/"), ("https:other.example", "https://other.example/"),
        ("https:////other.example/b", "https://other.example/b"), ("http:b", "http://acme.example:8080/x/b"),
        ("  /b \t", "http://acme.example:8080/b"), ("/b\t\nc", "http://acme.example:8080/bc"),
        ("/b c", "http://acme.example:8080/b%20c"), ("/é", "http://acme.example:8080/%c3%a9"),
        ("HTTP://Other.example/", "http://Other.example/"), ("#top", "http://acme.example:8080/x/y"),
        ("//bücher.example/", "http://xn--bcher-kva.example/"), ("http://u:p@other.example/", "http://other.example/"),
    ])
    func aRedirectIsReadAsBrowsersReadIt(_ location: String, _ target: String) throws {
        let url = try #require(CurlURL("http://acme.example:8080/x/y"))
        let found = url.following(location)?.text
        #expect(found == target || found?.lowercased() == target.lowercased() && location == "/é")
    }

    @Test(arguments: [
        "", " ", "mailto:a@b", "javascript:x", "http://", "//", "https://a b/", "http://a:99999/", "/a\0b",
    ])
    func aRedirectThatIsNone(_ location: String) throws {
        let url = try #require(CurlURL("http://acme.example/"))
        #expect(url.following(location).map(\.isHTTP) != true)
    }

    @Test(arguments: [
        "", "acme.example", "nonsense://acme.example/", "http://", "http://a b/", "http://a:99999/", "http://a/\0",
    ])
    func isNone(_ text: String) {
        #expect(CurlURL(text) == nil)
    }
}
