import SLA

/// What `availd verify` found.
public struct Verification: Document, Hashable {
    /// Something that is not as it should be.
    public struct Finding: Hashable, Sendable {
        /// Whether it is damage; else it is a notice: facts came after a month was closed.
        public var isDamage: Bool
        /// What it is about: `ledger`, or a statement's number.
        public var subject: String
        /// What was found.
        public var text: String
    }

    /// A statement that was looked at.
    public struct Checked: Hashable, Sendable {
        /// Its number.
        public var number: StatementNumber
        /// How many checks' samples were compared with the ledger.
        public var checks: Int
        /// How many samples those are.
        public var samples: Int
        /// How many exclusions were compared with the ledger.
        public var exclusions: Int
        /// Whether it was computed again.
        public var isRecomputed: Bool

        /// A statement and what was compared of it.
        public init(number: StatementNumber, checks: Int, samples: Int, exclusions: Int, isRecomputed: Bool) {
            self.number = number
            self.checks = checks
            self.samples = samples
            self.exclusions = exclusions
            self.isRecomputed = isRecomputed
        }
    }

    /// The database file.
    public let path: String
    /// Whether only what is quick was looked at.
    public let isQuick: Bool
    /// How many triggers there should be.
    public var triggers = 0
    /// The statements, in the order in which they were closed.
    public var statements: [Checked] = []
    /// The seal of the last statement; empty where there is none.
    public var seal = ""
    /// What was found, in the order in which it was found.
    public private(set) var findings: [Finding] = []

    /// Nothing was looked at yet.
    public init(path: String, isQuick: Bool) {
        self.path = path
        self.isQuick = isQuick
    }

    /// Whether no damage was found.
    public var isSound: Bool { !findings.contains(where: \.isDamage) }

    /// Notes damage to `subject`.
    public mutating func damage(_ subject: String, _ text: String) {
        findings.append(Finding(isDamage: true, subject: subject, text: text))
    }

    /// Notes something that is no damage.
    public mutating func notice(_ subject: String, _ text: String) {
        findings.append(Finding(isDamage: false, subject: subject, text: text))
    }

    /// Whether damage to `subject` was found.
    func hasDamage(_ subject: String) -> Bool {
        findings.contains { $0.isDamage && $0.subject == subject }
    }

    /// For people: what was verified, then what was found.
    public var text: String {
        let ledger = hasDamage("ledger") ? "damaged" : "sound"
        let how = isQuick ? "quick_check" : "integrity_check"
        var text = "\(path): \(ledger) (SQLite's \(how), references, \(triggers) triggers)\n"
        for statement in statements {
            let subject = statement.number.description
            let state =
                hasDamage(subject) ? "damaged" : statement.isRecomputed ? "computed again, byte for byte" : "sealed"
            text += "\(subject): \(state)"
            if statement.isRecomputed {
                text +=
                    " from \(Counted.text(statement.samples, "sample")) of \(Counted.text(statement.checks, "check"))"
                text += " and \(Counted.text(statement.exclusions, "exclusion"))"
            }
            text += "\n"
        }
        if !seal.isEmpty { text += "\(Counted.text(statements.count, "statement")), sealed by \(seal)\n" }
        for finding in findings {
            text += "\(finding.isDamage ? "damage" : "notice"): \(finding.subject): \(finding.text.onOneLine)\n"
        }
        return text
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "verification",
            [
                "ledger": .text(path), "quick": .flag(isQuick), "sound": .flag(isSound),
                "triggers": .number("\(triggers)"),
                "seal": JSONValue(seal.isEmpty ? nil : seal),
                "statements": .list(
                    statements.map { statement in
                        .object([
                            "id": .text(statement.number.description),
                            "sound": .flag(!hasDamage(statement.number.description)),
                            "recomputed": .flag(statement.isRecomputed), "checks": .number("\(statement.checks)"),
                            "samples": .number("\(statement.samples)"),
                            "exclusions": .number("\(statement.exclusions)"),
                        ])
                    }),
                "findings": .list(
                    findings.map { finding in
                        .object([
                            "severity": .text(finding.isDamage ? "damage" : "notice"),
                            "subject": .text(finding.subject),
                            "text": .text(finding.text),
                        ])
                    }),
            ])
    }

    /// What was found, a row each.
    public var csv: String {
        CSVWriter.table(
            ["severity", "subject", "text"],
            findings.map { [$0.isDamage ? "damage" : "notice", $0.subject, $0.text] })
    }
}
