import Intake
import SLA

/// Reads the request headers of a probe.
struct HeaderDecoder {
    /// Reads the values that prove an identity.
    let secrets: SecretDecoder

    /// Headers whose values prove an identity.
    private static let secretNames: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token",
    ]

    /// Headers that say where a message ends, which is not for an operator to say.
    private static let framingNames: Set<String> = ["content-length", "transfer-encoding", "connection"]

    /// The headers in `field`, in order.
    func decode(_ field: Field) -> [ProbeSpecification.Header] {
        var names: Set<String> = []
        var headers: [ProbeSpecification.Header] = []
        for (name, value) in field.entries(of: "header names and values") ?? [] {
            let key = name.lowercased()
            if !Self.isName(name) {
                value.report("found the header name \(Diagnostic.quoted(name)), expected a token of RFC 9110")
            } else if Self.framingNames.contains(key) {
                value.report("a header that the request makes itself, expected none")
            } else if !names.insert(key).inserted {
                value.report("the header \(name) a second time, in other letters")
            } else if let header = header(name, value) {
                headers.append(header)
            }
        }
        return headers
    }

    private func header(_ name: String, _ field: Field) -> ProbeSpecification.Header? {
        if Self.isSecret(name, field) {
            return secrets.decode(field).map { ProbeSpecification.Header(name: name, secret: $0) }
        }
        return field.value("a header's value on one line") { value in
            value.hasControlCharacters ? nil : ProbeSpecification.Header(name: name, value: value)
        }
    }

    /// Whether the header `name` proves an identity, by its name or because its value is written elsewhere.
    static func isSecret(_ name: String, _ field: Field) -> Bool {
        let isWrittenElsewhere = if case .mapping = field.node.content { true } else { false }
        return isWrittenElsewhere || secretNames.contains(name.lowercased())
    }

    /// Whether `text` is a token of RFC 9110 §5.6.2.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { PlainName.isLetterOrDigit($0) || "!#$%&'*+-.^_`|~".utf8.contains($0) }
    }
}
