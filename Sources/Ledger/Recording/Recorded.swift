import SLA

/// What one call of ``Ledger/record(_:)`` has recorded.
public struct Recorded: Sendable {
    /// The facts in their order, with the identifiers, numbers and seals that the ledger gave them.
    public internal(set) var facts: [Fact] = []
    /// What became of the samples among them.
    public internal(set) var samples = CommitResult()
}

extension Recorded {
    /// The corrections among them.
    public var corrections: [Correction] {
        facts.compactMap { if case .correction(let correction) = $0 { correction } else { nil } }
    }

    /// The statements among them.
    public var statements: [ClosedStatement] {
        facts.compactMap { if case .statement(let statement) = $0 { statement } else { nil } }
    }

    /// The notices' tries among them.
    public var attempts: [NoticeAttempt] {
        facts.compactMap { if case .noticeAttempt(let attempt) = $0 { attempt } else { nil } }
    }

    /// The imports among them.
    public var imports: [RecordedImport] {
        facts.compactMap { if case .imported(let imported) = $0 { imported } else { nil } }
    }
}
