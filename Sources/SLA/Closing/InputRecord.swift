/// One fact of a month's figures, as one line of the document that is kept with a statement:
/// `kind TAB subject TAB name=value TAB name=value …`. Backslash, tab, CR and LF are written `\\`, `\t`, `\r`, `\n`.
public struct InputRecord: Hashable, Sendable {
    /// What the fact is of; the document has them in this order.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case month
        case agreement
        case agreementChange = "agreement_change"
        case service
        case check
        case rule
        case ruleBeforeCorrection = "rule_before_correction"
        case exclusion
        case correction
        case pass
        case negotiation
        case claim
        case acceptance
    }

    /// What it is of.
    public let kind: Kind
    /// Which one; unique within its kind.
    public let subject: String
    /// Its values, in the order of the format; one that is not there is left out.
    public let fields: [Field]

    /// A name and a value.
    public struct Field: Hashable, Sendable {
        /// The name, of small letters and underscores.
        public let name: String
        /// The value, any text.
        public let value: String
    }

    /// A fact; fields without a value are left out.
    init(_ kind: Kind, _ subject: String, _ fields: [(name: String, value: String?)]) {
        self.kind = kind
        self.subject = subject
        self.fields = fields.compactMap { field in field.value.map { Field(name: field.name, value: $0) } }
    }

    /// The fact that `line` holds, without its line feed; nil where it has another form.
    init?(line: Substring) {
        let parts = line.split(separator: "\t" as Character, omittingEmptySubsequences: false)
        guard parts.count >= 2, let kind = Kind(rawValue: String(parts[0])), let subject = Self.plain(parts[1])
        else { return nil }
        var fields: [(name: String, value: String?)] = []
        for part in parts.dropFirst(2) {
            // By bytes: a value may begin with a mark that would join the sign before it.
            guard let mark = part.utf8.firstIndex(of: UInt8(ascii: "=")),
                let value = Self.plain(part[part.utf8.index(after: mark)...])
            else { return nil }
            fields.append((String(part[..<mark]), value))
        }
        self.init(kind, subject, fields)
    }

    /// The line, with its line feed.
    var line: String {
        ([kind.rawValue, Self.escaped(subject)] + fields.map { $0.name + "=" + Self.escaped($0.value) })
            .joined(separator: "\t") + "\n"
    }

    /// The value of the field `name`; nil where it is left out.
    public subscript(_ name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// The words of the field `name`, which are separated by spaces; none where it is left out.
    func words(_ name: String) -> [String] { Self.words(of: self[name] ?? "") }

    /// The words of `text`. By bytes: a word may begin with a mark that would join the space before it.
    static func words(of text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func plain(_ text: Substring) -> String? {
        var result = ""
        var scalars = text.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "\\" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            switch scalars.next() {
            case "\\": result += "\\"
            case "t": result += "\t"
            case "r": result += "\r"
            case "n": result += "\n"
            default: return nil
            }
        }
        return result
    }
}

extension InputRecord {
    /// How an agreement changed over `history`: a record of each change, with the settings that it changed, of those that
    /// figures follow from.
    static func changes(_ history: AgreementHistory) -> [InputRecord] {
        zip(history.records, history.records.dropFirst()).compactMap { last, record in
            let settings = AgreementSetting.ofFigures.filter { setting in
                setting.text(of: last.agreement) != setting.text(of: record.agreement)
            }
            return settings.isEmpty
                ? nil
                : InputRecord(
                    .agreementChange, String(record.recordedAt.milliseconds),
                    settings.map { ($0.rawValue, $0.text(of: record.agreement)) }
                        + [("recorded_by", record.recordedBy)])
        }
    }
}
