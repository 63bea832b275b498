import SLA

/// Reads what must not be in the file: `{credential: NAME}` or `{file: PATH}`.
struct SecretDecoder {
    /// Whether the values are read.
    let policy: SecretsPolicy
    /// Where systemd puts the credentials of the service; nil where it put none.
    let credentialsDirectory: String?
    /// Whether it is taken although others can read it; nil where nobody can insist on that.
    var allowsInsecure: Bool?

    private static let maximumBytes = 1 << 16

    /// How a secret is written; what a message expects.
    static let form = "{credential: NAME} or {file: PATH}"

    /// The secret that `field` names. A value in clear is a mistake, and is not shown.
    func decode(_ field: Field) -> Secret? {
        guard case .mapping = field.node.content else {
            field.report("a secret in clear, expected \(Self.form)")
            return nil
        }
        guard let section = field.section(["credential", "file"]) else { return nil }
        switch (section["credential"], section["file"]) {
        case (let name?, nil): return credential(name)
        case (nil, let path?):
            guard let text = path.text("the path of a file") else { return nil }
            return read(FilePath.resolve(text, relativeTo: field.file), for: path)
        default: return field.expected(Self.form)
        }
    }

    private func credential(_ field: Field) -> Secret? {
        let name = field.value("the name of a credential: letters, digits, \".\", \"_\" and \"-\"") {
            PlainName.isValid($0) ? $0 : nil
        }
        guard let name else { return nil }
        guard policy == .required else { return Secret("") }
        guard let credentialsDirectory else {
            field.report("cannot read credential \(name): $CREDENTIALS_DIRECTORY is not set")
            return nil
        }
        return read(credentialsDirectory + "/" + name, for: field)
    }

    private func read(_ path: String, for field: Field) -> Secret? {
        guard policy == .required else { return Secret("") }
        let bytes: [UInt8]
        do {
            bytes = try TextFile.bytes(path, isPrivate: allowsInsecure != true)
        } catch .exposed(let mode) {
            let reason = TextFile.Failure.exposed(mode: mode).reason
            field.report("refused \(path): \(reason)" + (allowsInsecure == nil ? "" : ", or allow_insecure: true"))
            return nil
        } catch {
            field.report("cannot read \(path): \(error.reason)")
            return nil
        }
        // An editor ends the last line, and means nothing by it.
        var text = bytes[...]
        if text.last == 0x0A { text = text.dropLast() }
        if text.last == 0x0D { text = text.dropLast() }
        guard !text.isEmpty, text.count <= Self.maximumBytes, let value = String(validating: text, as: UTF8.self),
            !value.hasControlCharacters
        else {
            field.report("the secret in \(path) is empty, too long, or not one line of UTF-8 text")
            return nil
        }
        return Secret(value)
    }
}
