import Addresses
import CLibcurl

/// A URL taken apart by libcurl's own parser, so that what is checked is what is asked.
public struct CurlURL: Hashable, Sendable {
    /// The whole of it in ASCII, without credentials and fragment.
    public let text: String
    /// The scheme, in lower case.
    public let scheme: String
    /// The host in ASCII: a name, or a literal without brackets.
    public let host: String
    /// The port, 1 to 65535.
    public let port: Int

    /// Two of the same origin are of one server, in the sense of RFC 6454.
    public var origin: String { "\(scheme)://\(host.lowercased()):\(port)" }

    /// Whether TLS is spoken from the first byte.
    public var isTLS: Bool { scheme.hasSuffix("s") }

    /// Whether it is of HTTP.
    public var isHTTP: Bool { scheme == "http" || scheme == "https" }

    /// `text` taken apart, or nil where it is no URL of a scheme that libcurl speaks; an international host name is
    /// brought into its ASCII form.
    public init?(_ text: String) {
        self.init([text])
    }

    /// The last of `texts` taken apart, each relative to the one before.
    init?(_ texts: [String]) {
        guard let url = curl_url() else { return nil }
        defer { curl_url_cleanup(url) }
        for text in texts {
            // libcurl reads a text only up to its first NUL.
            guard !text.utf8.contains(0), curl_url_set(url, CURLUPART_URL, text, UInt32(CURLU_URLENCODE)) == CURLUE_OK
            else { return nil }
        }
        for part in [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_FRAGMENT] {
            guard curl_url_set(url, part, nil, 0) == CURLUE_OK else { return nil }
        }
        // libcurl turns international names into ASCII only in a locale that a daemon does not have.
        guard let written = Self.part(CURLUPART_HOST, of: url), let ascii = HostName.ascii(written),
            ascii == written || curl_url_set(url, CURLUPART_HOST, ascii, 0) == CURLUE_OK
        else { return nil }
        // A host whose percent-encoding was undone, or that was international, may be a number: an IPv4 address.
        guard let plain = Self.part(CURLUPART_URL, of: url), curl_url_set(url, CURLUPART_URL, plain, 0) == CURLUE_OK
        else { return nil }
        guard let scheme = Self.part(CURLUPART_SCHEME, of: url), let host = Self.part(CURLUPART_HOST, of: url),
            let port = Self.part(CURLUPART_PORT, of: url, flags: CURLU_DEFAULT_PORT).flatMap({ Int($0) }),
            let whole = Self.part(CURLUPART_URL, of: url), (1...65535).contains(port),
            // libcurl undoes percent-encoding in a host, whatever comes out.
            whole.utf8.allSatisfy({ 0x20 < $0 && $0 < 0x7F }), host.utf8.allSatisfy({ 0x20 < $0 && $0 < 0x7F })
        else { return nil }
        self.text = whole
        self.scheme = scheme.lowercased()
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        self.port = port
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer, flags: Int32 = 0) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &value, UInt32(flags)) == CURLUE_OK, let value else { return nil }
        defer { curl_free(value) }
        return String(cString: value)
    }
}
