import SLA

/// `agreements.csv`: what was promised, since when (semantics §3.2).
public enum AgreementsCSV {
    /// The file, as `availd replay --agreements` reads it.
    ///
    /// - Parameter zone: in which instants are written.
    public static func text(_ history: AgreementHistory, in zone: TimeZoneRules) -> String {
        CSVWriter.table(
            ["known_at", "by"] + AgreementSetting.allCases.map(\.rawValue),
            history.records.map { record in
                [RFC3339.text(record.recordedAt, in: zone), record.recordedBy]
                    + AgreementSetting.allCases.map { $0.text(of: record.agreement) }
            })
    }
}
