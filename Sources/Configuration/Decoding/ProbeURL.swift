import Glibc
import Intake
import SLA

/// The address of a probe, taken apart: what of RFC 3986 a probe can use, and nothing that readers of URLs
/// disagree about.
struct ProbeURL {
    let scheme: ProbeScheme
    /// In lower case, without brackets.
    let host: String
    let port: Int
    /// As it is spoken to, with a path where the scheme has paths.
    let text: String

    /// Why a text is no address of a probe. The message never shows what could be a password.
    struct Mistake: Error {
        let message: String
        var nearest: String?

        init(_ message: String, nearest: String? = nil) {
            self.message = message
            self.nearest = nearest
        }
    }

    private static let example = "an address, as https://acme.example/ or tcp://acme.example:3306"

    /// The address written `text`.
    init(_ text: String) throws(Mistake) {
        guard let separator = text.firstRange(of: "://") else {
            throw Mistake("found \(Diagnostic.quoted(Self.withoutSecrets(text))), expected \(Self.example)")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        let names = ProbeScheme.allCases.map(\.rawValue)
        guard let known = ProbeScheme(rawValue: scheme) else {
            throw Mistake(
                "found the scheme \(Diagnostic.quoted(scheme)), expected one of \(names.joined(separator: ", "))",
                nearest: nearestName(to: scheme, among: names))
        }
        self.scheme = known
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else {
            throw Mistake("credentials in the address, expected auth: {basic: {user: …, password: {credential: …}}}")
        }
        let (host, port) = try Self.split(authority)
        self.host = try ProbeHost.parse(host)
        if let number = port.isEmpty ? known.defaultPort : WholeNumber.parse(port) {
            guard (1...65_535).contains(number) else {
                throw Mistake("found the port \(number), expected 1 to 65535")
            }
            self.port = number
        } else if port.isEmpty {
            throw Mistake("found no port, expected one, as tcp://\(host):3306")
        } else {
            throw Mistake("found the port \(Diagnostic.quoted(port)), expected 1 to 65535")
        }
        let path = try Self.path(rest[authority.endIndex...], of: known)
        let shownHost = self.host.contains(":") ? "[\(self.host)]" : self.host
        self.text = scheme + "://" + shownHost + (port.isEmpty ? "" : ":\(self.port)") + path
    }

    private static func split(_ authority: Substring) throws(Mistake) -> (host: Substring, port: Substring) {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw Mistake("a \"[\" that no \"]\" closes") }
            let host = authority[...end]
            let port = authority[authority.index(after: end)...]
            guard port.isEmpty || port.hasPrefix(":") else {
                throw Mistake("found \(Diagnostic.quoted(port)) behind the host, expected a port, as :443")
            }
            return (host, port.dropFirst())
        }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2 else {
            let found = Diagnostic.quoted(authority)
            throw Mistake("found the host \(found), expected an IPv6 address in brackets, as [::1]")
        }
        return (parts.first ?? "", parts.count == 2 ? parts[1] : "")
    }

    private static func path(_ text: Substring, of scheme: ProbeScheme) throws(Mistake) -> String {
        guard !text.contains("#") else {
            throw Mistake("found a fragment (#…), expected none: it never leaves a browser")
        }
        guard scheme.isHTTP else {
            guard text.isEmpty || text == "/" else {
                throw Mistake("found the path \(Diagnostic.quoted(text)), expected none with \(scheme.rawValue)")
            }
            return ""
        }
        let refused = "\"<>\\^`{|}\u{7F}".unicodeScalars
        for scalar in text.unicodeScalars where !scalar.isASCII || scalar.value <= 0x20 || refused.contains(scalar) {
            throw Mistake("found \(Diagnostic.quoted(String(scalar))) in the path, expected it percent-encoded")
        }
        return text.hasPrefix("/") ? String(text) : "/" + text
    }

    /// `text` up to an `@`, before which a password may stand.
    private static func withoutSecrets(_ text: String) -> String {
        text.contains("@") ? "…" : text
    }
}
