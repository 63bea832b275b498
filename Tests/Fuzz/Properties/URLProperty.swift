import Addresses
import Curl

@testable import Configuration

/// What is checked is what is asked: taken apart again an address is the same, and the configuration and libcurl
/// read the same host and port in it.
enum URLProperty {
    static func check(_ bytes: UnsafeRawBufferPointer) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        if let url = CurlURL(text) {
            try demand(CurlURL(url.text) == url, "\(url) taken apart again is \(String(describing: CurlURL(url.text)))")
            try demand(url.text.utf8.allSatisfy { 0x20 < $0 && $0 < 0x7F }, "not in ASCII: \(url.text)")
            try demand(!url.text.contains("#"), "a fragment: \(url.text)")
            let authority = url.text.drop { $0 != ":" }.dropFirst(3).prefix { !"/?".contains($0) }
            try demand(!authority.contains("@"), "credentials: \(url.text)")
            try demand(!url.host.isEmpty, "no host: \(url.text)")
        }
        let configured: ProbeURL
        do {
            configured = try ProbeURL(text)
        } catch {
            return try demand(!error.message.isEmpty, "a refusal without a reason")
        }
        guard configured.scheme.isHTTP else { return }
        guard let asked = CurlURL(configured.text) else {
            throw Violation(description: "libcurl does not take \(configured.text)")
        }
        // One address can be written in several ways.
        let isSame = IPAddress(configured.host).map { $0 == IPAddress(asked.host) } ?? (asked.host == configured.host)
        try demand(isSame, "libcurl asks \(asked.host) for \(configured.host)")
        try demand(asked.port == configured.port, "libcurl asks port \(asked.port) for \(configured.port)")
    }
}
