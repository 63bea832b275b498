import Glibc
import Intake

/// The host of an address: a name, an IPv4 address, or an IPv6 address in brackets.
enum ProbeHost {
    /// The host written `text`, in lower case and without brackets.
    static func parse(_ text: Substring) throws(ProbeURL.Mistake) -> String {
        let host = text.lowercased()
        if host.hasPrefix("[") {
            let literal = String(host.dropFirst().dropLast())
            guard NetworkAddress.bytes(literal, AF_INET6) != nil else {
                throw ProbeURL.Mistake(
                    "found the host \(Diagnostic.quoted(text)), expected an IPv6 address in brackets")
            }
            return literal
        }
        guard !host.isEmpty else { throw ProbeURL.Mistake("found no host, expected one, as acme.example") }
        guard host.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw ProbeURL.Mistake(
                "found the host \(Diagnostic.quoted(text)), expected its A-label form, as xn--bcher-kva.example")
        }
        guard isName(host) || NetworkAddress.bytes(host, AF_INET) != nil else {
            throw ProbeURL.Mistake(
                "found the host \(Diagnostic.quoted(text)), expected a name, an IPv4 address, or an IPv6 address in [ ]"
            )
        }
        return host
    }

    /// Whether `text` is a DNS name. Underscores are tolerated, as hosting providers use them; a name whose last
    /// label is a number is an address to some resolvers and a name to others, so it is none here.
    private static func isName(_ text: String) -> Bool {
        let labels = (text.hasSuffix(".") ? String(text.dropLast()) : text)
            .split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, let last = labels.last, !last.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { PlainName.isLetterOrDigit($0) || "-_".utf8.contains($0) }
        }
    }
}

/// IP addresses and CIDR blocks as text.
enum NetworkAddress {
    /// The bytes of the address written `text`, of the family `AF_INET` or `AF_INET6`; nil where it is none.
    static func bytes(_ text: String, _ family: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: family == AF_INET6 ? 16 : 4)
        // inet_pton writes exactly 4 or 16 bytes, as many as there are.
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    /// What is wrong with the address or CIDR block written `text`, or nil where nothing is.
    static func mistake(inBlock text: String) -> String? {
        let expected = "expected an address or a block, as 10.0.0.0/8, 192.0.2.7 or fd00::/8"
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let address = bytes(parts[0], AF_INET) ?? bytes(parts[0], AF_INET6) else { return expected }
        guard parts.count == 2 else { return nil }
        guard let length = WholeNumber.parse(parts[1]), length <= address.count * 8 else {
            return "expected a prefix length from 0 to \(address.count * 8)"
        }
        let hasHostBits = address.indices.contains { index in
            let network = min(max(length - index * 8, 0), 8)
            return address[index] & UInt8(truncatingIfNeeded: 0xFF >> network) != 0
        }
        return hasHostBits ? "expected no bits of the address set behind the first \(length)" : nil
    }
}
