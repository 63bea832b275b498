import Addresses
import Intake
import SLA

/// Reads what is asked of the network: `url` and what stands beside it.
struct ProbeDecoder {
    /// Reads passwords, tokens and secret headers.
    let secrets: SecretDecoder
    /// How many bytes of a body are read where nothing else is written.
    let bodyLimit: Int

    /// The keys it reads, beside `addresses`, which is also a key of a service.
    static let keys = ["url", "family", "connect_to"] + keysOfHTTP + ["expect"]

    /// Those of them that only HTTP has.
    private static let keysOfHTTP = ["method", "headers", "body", "auth", "allow_insecure", "redirects", "body_limit"]

    /// What `body_limit` may be, in bytes.
    static let bodyLimits = 1 << 10...16 << 20

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
        probe.bodyLimit = bodyLimit
        decodeAddresses(section, &probe)
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

    private func decodeAddresses(_ section: Section, _ probe: inout ProbeSpecification) {
        probe.addresses = section["addresses"]?.addressSelection ?? .any
        if let field = section["connect_to"] {
            probe.connectTo = field.value("an address, as 192.0.2.7 or 2001:db8::7") { IPAddress($0)?.description }
            if probe.addresses == .each { field.report("one address beside addresses: each, expected either") }
        }
        guard let field = section["family"], let family = field.choice(AddressFamily.self) else { return }
        probe.family = family
        let written = probe.connectTo ?? probe.host
        let literal = IPAddress(written)?.family
        if literal == .ipv6 && family == .ipv4 || literal == .ipv4 && family == .ipv6 {
            field.report("found \(family.rawValue), expected the family of the address \(written)")
        }
    }

    private func decodeRequest(_ section: Section, _ probe: inout ProbeSpecification) {
        let allowsInsecure = section["allow_insecure"]?.flag() ?? false
        var secrets = secrets
        secrets.allowsInsecure = allowsInsecure
        if let method = section["method"]?.choice(Method.self) { probe.method = method.rawValue }
        if let headers = section["headers"] {
            probe.headers = HeaderDecoder(secrets: secrets).decode(headers.concealed)
        }
        if let body = section["body"] {
            probe.body = body.block("the text of a request body")
            if section["method"] == nil { body.report("a body without a method, expected one, as method: POST") }
        }
        if let redirects = section["redirects"]?.integer(0...10) { probe.maximumRedirects = redirects }
        if let limit = section["body_limit"]?.size(Self.bodyLimits) { probe.bodyLimit = limit }
        if probe.scheme == .http, !allowsInsecure { refuseSecrets(section) }
        guard let auth = section["auth"] else { return }
        probe.authentication = authentication(auth.concealed, secrets)
        if probe.headers.contains(where: { $0.name.lowercased() == "authorization" }) {
            auth.report("a second proof of identity beside the header Authorization, expected one")
        }
    }

    /// Reports every secret of a request that anybody on its way can read.
    private func refuseSecrets(_ section: Section) {
        let message = "a secret over http, which anybody on the way can read, expected https, or allow_insecure: true"
        section["auth"]?.report(message)
        guard let headers = section["headers"], case .mapping = headers.node.content else { return }
        for (name, value) in headers.entries(of: "headers") ?? [] where HeaderDecoder.isSecret(name, value) {
            value.report(message)
        }
    }

    private func authentication(_ field: Field, _ secrets: SecretDecoder) -> Authentication {
        guard let section = field.section(["basic", "bearer"]) else { return .none }
        switch (section["basic"], section["bearer"]) {
        case (let basic?, nil): return self.basic(basic, secrets)
        case (nil, let bearer?): return secrets.decode(bearer).map { .bearer(token: $0) } ?? .none
        default:
            field.report("expected either basic: {user: …, password: …} or bearer: {credential: …}")
            return .none
        }
    }

    private func basic(_ field: Field, _ secrets: SecretDecoder) -> Authentication {
        guard let section = field.section(["user", "password"]) else { return .none }
        let user = section.required("user", "a user's name")?.value("a user's name, without a colon") { text in
            text.isEmpty || text.contains(":") || text.hasControlCharacters ? nil : text
        }
        let password = section.required("password", SecretDecoder.form).flatMap(secrets.decode)
        guard let user, let password else { return .none }
        return .basic(user: user, password: password)
    }
}

extension Field {
    /// Which of a name's addresses are probed, where it says that: a service's `addresses` may also be a list of those
    /// that are its own, and a cell is always a list.
    var addressSelection: AddressSelection? {
        switch node.content {
        case .scalar(let text, _): AddressSelection(rawValue: text)
        case .list(let items) where isCell && items.count == 1:
            if case .scalar(let text, _) = items[0].content { AddressSelection(rawValue: text) } else { nil }
        default: nil
        }
    }
}
