import Addresses
import Intake
import SLA

/// Reads what is asked of the network: `url` and what stands beside it.
struct ProbeDecoder {
    /// Reads passwords, tokens and secret headers.
    let secrets: SecretDecoder

    /// The keys it reads.
    static let keys = ["url", "family", "method", "headers", "body", "auth", "redirects", "expect"]

    /// Those of them that only HTTP has.
    private static let keysOfHTTP = ["method", "headers", "body", "auth", "redirects"]

    private enum Method: String, CaseIterable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
        case options = "OPTIONS"
    }

    /// The probe that `section`, whose `url` is `address`, asks for; nil where the address is wrong.
    func decode(_ section: Section, address: Field) -> ProbeSpecification? {
        guard let url = url(address) else {
            // Whatever else is wrong is reported all the same, as far as it does not depend on the address.
            _ = section["expect"].map { ExpectationDecoder(scheme: nil, method: "").decode($0) }
            return nil
        }
        var probe = ProbeSpecification(url: url.text, scheme: url.scheme, host: url.host, port: url.port)
        decodeFamily(section, &probe)
        if url.scheme.isHTTP {
            decodeRequest(section, &probe)
        } else {
            for key in Self.keysOfHTTP {
                section[key]?.report("a key of http and https, not of \(url.scheme.rawValue)")
            }
        }
        if let expect = section["expect"] {
            probe.expect = ExpectationDecoder(scheme: url.scheme, method: probe.method).decode(expect)
        }
        return probe
    }

    private func url(_ field: Field) -> ProbeURL? {
        guard case .scalar(let text, _) = field.node.content else {
            return field.expected("an address, as https://acme.example/ or tcp://acme.example:3306")
        }
        do {
            return try ProbeURL(text)
        } catch {
            field.report(error.message, nearest: error.nearest)
            return nil
        }
    }

    private func decodeFamily(_ section: Section, _ probe: inout ProbeSpecification) {
        guard let field = section["family"], let family = field.choice(AddressFamily.self) else { return }
        probe.family = family
        let literal = IPAddress(probe.host)?.family
        if literal == .ipv6 && family == .ipv4 || literal == .ipv4 && family == .ipv6 {
            field.report("found \(family.rawValue), expected the family of the address \(probe.host)")
        }
    }

    private func decodeRequest(_ section: Section, _ probe: inout ProbeSpecification) {
        if let method = section["method"]?.choice(Method.self) { probe.method = method.rawValue }
        if let headers = section["headers"] {
            probe.headers = HeaderDecoder(secrets: secrets).decode(headers.concealed)
        }
        if let body = section["body"] {
            probe.body = body.block("the text of a request body")
            if section["method"] == nil { body.report("a body without a method, expected one, as method: POST") }
        }
        if let redirects = section["redirects"]?.integer(0...10) { probe.maximumRedirects = redirects }
        guard let auth = section["auth"] else { return }
        probe.authentication = authentication(auth.concealed)
        if probe.headers.contains(where: { $0.name.lowercased() == "authorization" }) {
            auth.report("a second proof of identity beside the header Authorization, expected one")
        }
    }

    private func authentication(_ field: Field) -> Authentication {
        guard let section = field.section(["basic", "bearer"]) else { return .none }
        switch (section["basic"], section["bearer"]) {
        case (let basic?, nil): return self.basic(basic)
        case (nil, let bearer?): return secrets.decode(bearer).map { .bearer(token: $0) } ?? .none
        default:
            field.report("expected either basic: {user: …, password: …} or bearer: {credential: …}")
            return .none
        }
    }

    private func basic(_ field: Field) -> Authentication {
        guard let section = field.section(["user", "password"]) else { return .none }
        let user = section.required("user", "a user's name")?.value("a user's name, without a colon") { text in
            text.isEmpty || text.contains(":") || text.hasControlCharacters ? nil : text
        }
        let password = section.required("password", SecretDecoder.form).flatMap(secrets.decode)
        guard let user, let password else { return .none }
        return .basic(user: user, password: password)
    }
}
