import Intake
import SLA

/// `agreements.csv`: what was promised, since when (semantics §3.2).
public enum AgreementsFile {
    /// Reads `agreements.csv` at `path` (`-` is standard input). A column that is missing, and a field that is empty, is
    /// what `configured` says.
    ///
    /// - Throws: ``InputFailure`` where the file cannot be read; `Diagnostics` naming every bad line.
    public static func history(path: String, configured: Agreement) throws -> AgreementHistory {
        let data = try InputFile.bytes(at: path)
        return try data.withUnsafeBytes { try history($0, file: path, configured: configured) }
    }

    /// Reads the content of an `agreements.csv` that is called `file` in messages.
    public static func history(
        _ bytes: UnsafeRawBufferPointer, file: String, configured: Agreement
    ) throws(Diagnostics) -> AgreementHistory {
        let optional = ["by"] + AgreementSetting.allCases.map(\.rawValue)
        var table = try Table(bytes, file: file, required: ["known_at"], optional: optional)
        var records: [AgreementRecord] = []
        var lines: [Instant: Int] = [:]
        while table.next() {
            guard let record = record(&table, configured) else { continue }
            if let line = lines.updateValue(table.reader.line, forKey: record.recordedAt) {
                table.report("known_at", "line \(line) says what was promised from then on already")
            }
            records.append(record)
        }
        try table.check()
        return AgreementHistory(records)
    }

    private static func record(_ table: inout Table, _ configured: Agreement) -> AgreementRecord? {
        let (known, by) = (table.requiredInstant("known_at"), table.unguardedText("by"))
        var agreement = configured
        for setting in AgreementSetting.allCases {
            guard let text = table.text(setting.rawValue), !text.isEmpty else { continue }
            if !setting.set(text, in: &agreement) {
                table.report(
                    setting.rawValue, "found \(Diagnostic.quoted(text)), expected \(setting.expected)",
                    nearest: nearestName(to: text, among: setting.words))
            }
        }
        for tier in agreement.compensation.tiers where tier.below > agreement.objective {
            table.report(
                AgreementSetting.tiers.rawValue,
                """
                found \(tier.below), expected at most the objective, \(agreement.objective): nothing is due where it is \
                met
                """)
        }
        if agreement.notice.recurringAtMost < agreement.notice.scheduled {
            let least = DurationText.spoken(agreement.notice.scheduled)
            table.report(
                AgreementSetting.recurringNotice.rawValue,
                "expected at least the notice of scheduled maintenance, which is \(least)")
        }
        guard let known, let by else { return nil }
        return AgreementRecord(agreement: agreement, recordedAt: known, recordedBy: by)
    }
}
