extension ExclusionRegister {
    /// What is recorded where the exclusions of `file` are taken: those that are not recorded yet, and that the file
    /// was imported. Where all are recorded already, that is nothing.
    ///
    /// - Returns: the facts, and how many exclusions are new and how many were there already.
    /// - Throws: ``ExclusionError/contradicted(ids:)`` where any is recorded and says something else, the others, and
    ///   what the ledger throws.
    public func facts(
        importing entries: [ExclusionAmendment.Entry], from file: ImportedFile, at: Instant, by: String
    ) throws -> (facts: [Fact], outcome: ImportOutcome) {
        var next = self
        var outcome = ImportOutcome()
        var contradicted: [String] = []
        for entry in entries {
            guard let known = try next.exclusion(entry.exclusion.id) else {
                try next.record(entry)
                outcome.recorded += 1
                continue
            }
            if known.says(theSameAs: entry) { outcome.repeated += 1 } else { contradicted.append(entry.exclusion.id) }
        }
        if !contradicted.isEmpty { throw ExclusionError.contradicted(ids: contradicted) }
        if next.facts.isEmpty { return ([], outcome) }
        let imported = RecordedImport(
            number: 0, file: file, at: at, by: by, completedAt: at, outcome: outcome)
        return (next.facts + [.imported(imported)], outcome)
    }
}

extension RecordedExclusion {
    /// Whether an entry of a file says of the commitment what this says: the evidence may have the kind or the breach
    /// before it, and what the file still holds for standing may be revoked here.
    fileprivate func says(theSameAs entry: ExclusionAmendment.Entry) -> Bool {
        let (theirs, ours) = (entry.exclusion, exclusion)
        return theirs.category == ours.category && theirs.scope == ours.scope && theirs.interval == ours.interval
            && theirs.noticeAt == ours.noticeAt && theirs.plan == ours.plan
            && entry.details.evidenceText(theirs.evidence) == details.evidenceText(ours.evidence)
            && (theirs.revokedAt == nil || ours.revokedAt != nil)
    }
}
