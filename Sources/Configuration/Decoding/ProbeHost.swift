import Addresses
import Intake

/// The host of an address: a name, an IPv4 address, or an IPv6 address in brackets.
enum ProbeHost {
    /// The host written `text`, in lower case and without brackets; an international name in its A-labels.
    static func parse(_ text: Substring) throws(ProbeURL.Mistake) -> String {
        var host = text.lowercased()
        if host.hasPrefix("[") {
            let literal = String(host.dropFirst().dropLast())
            guard IPAddress(literal)?.family == .ipv6 else {
                throw ProbeURL.Mistake(
                    "found the host \(Diagnostic.quoted(text)), expected an IPv6 address in brackets")
            }
            return literal
        }
        guard !host.isEmpty else { throw ProbeURL.Mistake("found no host, expected one, as acme.example") }
        if !host.utf8.allSatisfy({ $0 < 0x80 }) {
            guard let ascii = HostName.ascii(host) else {
                throw ProbeURL.Mistake(
                    "found the host \(Diagnostic.quoted(text)), expected an international name, as bücher.example")
            }
            host = ascii
        }
        guard isName(host) || IPAddress(host)?.family == .ipv4 else {
            throw ProbeURL.Mistake(
                "found the host \(Diagnostic.quoted(text)), expected a name, an IPv4 address, or an IPv6 address in [ ]"
            )
        }
        return host
    }

    private static func isNumber(_ label: Substring) -> Bool {
        label.hasPrefix("0x")
            ? label.dropFirst(2).allSatisfy(\.isHexDigit) : label.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Whether `text` is a DNS name. Underscores are tolerated, as hosting providers use them; a name whose last
    /// label is a number, as `7` or `0x7f`, is an address to some resolvers and a name to others, so it is none here.
    private static func isName(_ text: String) -> Bool {
        let labels = (text.hasSuffix(".") ? String(text.dropLast()) : text)
            .split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, let last = labels.last, !isNumber(last) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { PlainName.isLetterOrDigit($0) || "-_".utf8.contains($0) }
        }
    }
}
