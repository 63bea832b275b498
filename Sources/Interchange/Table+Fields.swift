import Intake
import SLA

/// What several files have in their columns.
extension Table {
    /// What `row` reads of each row that has no mistake, in their order; an identifier, `id`, stands once.
    ///
    /// - Throws: every mistake of the file.
    mutating func entries<Entry>(
        id: KeyPath<Entry, String>, _ row: (inout Table) -> Entry?
    ) throws(Diagnostics) -> [Entry] {
        var entries: [Entry] = []
        var lines: [String: Int] = [:]
        while next() {
            let before = mistakes.count
            guard let entry = row(&self), mistakes.count == before else { continue }
            if let line = lines.updateValue(reader.line, forKey: entry[keyPath: id]) {
                report("id", "\(Diagnostic.quoted(entry[keyPath: id])) is recorded on line \(line) already")
            }
            entries.append(entry)
        }
        try check()
        return entries
    }

    /// The instant in a field: `.some(nil)` where the field is empty, nil, and reported, where it is none.
    mutating func instant(_ name: String) -> Instant?? {
        guard let text = text(name) else { return nil }
        if text.isEmpty { return .some(nil) }
        if let instant = InstantText.instant(text) { return instant }
        report(name, InstantText.mistake(text))
        return nil
    }

    /// The instant in a field that must hold one; nil, and reported, where it does not.
    mutating func requiredInstant(_ name: String) -> Instant? {
        let instant = instant(name)
        if instant == .some(nil) { report(name, "found nothing, expected \(InstantText.expected)") }
        return instant ?? nil
    }

    /// The identifier in a field; reported where it can be none.
    mutating func identifier(_ name: String) -> String? {
        let id = unguardedText(name)
        if let id, !Identifier.isValid(id) {
            report(name, "found \(id.isEmpty ? "nothing" : Diagnostic.quoted(id)), expected \(Identifier.expected)")
        }
        return id
    }

    /// The flag in a field; nil where it is empty, and where it is none, which is reported.
    mutating func flag(_ name: String) -> Bool? {
        switch text(name) ?? "" {
        case "": return nil
        case "true": return true
        case "false": return false
        case let other:
            report(name, "found \(Diagnostic.quoted(other)), expected true or false")
            return nil
        }
    }
}
