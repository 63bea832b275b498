import SLA

/// Reads `notices`: how maintenance is announced (clauses 6.1, 6.2).
struct NoticesDecoder {
    let secrets: SecretDecoder
    let stateDirectory: String

    /// The settings in `field`; without one, notices are given by hand.
    func decode(_ field: Field?) -> Configuration.Notices {
        let section = field?.section(["mail", "language", "directory", "website"])
        let directory = section?["directory"]?.value("an absolute path, as /var/www/notices") { text -> String? in
            text.hasPrefix("/") && !text.hasControlCharacters ? text : nil
        }
        let website = section?["website"]?.value("an address, as https://hosting.example/notices") { text -> String? in
            guard let url = try? ProbeURL(text), url.scheme.isHTTP else { return nil }
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        }
        return Configuration.Notices(
            mail: section?["mail"].flatMap(mail), language: section?["language"]?.choice() ?? .vietnamese,
            directory: directory ?? stateDirectory + "/notices", website: website)
    }

    private func mail(_ field: Field) -> Configuration.Notices.Mail? {
        guard let section = field.section(["url", "from", "tls", "ca_file", "auth", "timeout"]) else { return nil }
        let url = section.required("url", "a mail server, as smtp://mail.example:587").flatMap(server)
        let from = section.required("from", "the sender's address, as support@hosting.example").flatMap { from in
            from.value("an e-mail address, as support@hosting.example") { CustomerDecoder.email($0) }
        }
        let tls = section["tls"]?.choice(Configuration.Notices.TLS.self) ?? .required
        if let url, url.scheme == .smtps, tls != .required {
            section["tls"]?.report("found \(section["tls"]?.found ?? ""), expected required: smtps is always encrypted")
        }
        let login = section["auth"].flatMap(login)
        if section["auth"] != nil, tls != .required {
            // Whoever can take STARTTLS out of a connection would read the password.
            section["auth"]?.report("a password over a connection that may be in clear, expected tls: required")
        }
        let authorities = section["ca_file"]?.text("the path of a file").map {
            FilePath.resolve($0, relativeTo: field.file)
        }
        let timeout = section["timeout"]?.value("a duration from 1s to 5m") { text in
            DurationText.duration(text).flatMap { (1000...300_000).contains($0) ? $0 : nil }
        }
        guard let url, let from else { return nil }
        return Configuration.Notices.Mail(
            url: url.text, from: from, tls: tls, authorities: authorities, login: login, timeout: timeout ?? 30_000)
    }

    private func server(_ field: Field) -> ProbeURL? {
        guard case .scalar(let text, _) = field.node.content else {
            return field.expected("a mail server, as smtp://mail.example:587")
        }
        do {
            let url = try ProbeURL(text)
            if url.scheme == .smtp || url.scheme == .smtps { return url }
            field.report("found the scheme \(url.scheme.rawValue), expected smtp or smtps")
        } catch {
            field.report(error.message, nearest: error.nearest)
        }
        return nil
    }

    private func login(_ field: Field) -> Configuration.Notices.Login? {
        guard let section = field.section(["user", "password"]) else { return nil }
        let user = section.required("user", "the user's name").flatMap { $0.text("the user's name") }
        let password = section.required("password", SecretDecoder.form).flatMap { secrets.decode($0) }
        guard let user, let password else { return nil }
        return Configuration.Notices.Login(user: user, password: password)
    }
}
