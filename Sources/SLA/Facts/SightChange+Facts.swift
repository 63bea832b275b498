extension SightChange {
    /// What is recorded where the monitor lost or found its sight, beside `corrections`, all that are recorded: a void
    /// without an end, which is revoked for one that has it.
    ///
    /// Where a person has revoked the open one, they have judged it: nothing takes its place.
    ///
    /// - Parameters:
    ///   - words: says what happened.
    ///   - now: when that is known.
    public func facts(
        beside corrections: [Correction], in words: (Blindness) -> SightWords, at now: Instant
    ) -> [Fact] {
        let (blindness, until, isKnown) =
            switch self {
            case .lost(let blindness, let isKnown): (blindness, Instant?.none, isKnown)
            case .restored(let blindness, let until, let isKnown): (blindness, until, isKnown)
            }
        let open = isKnown ? corrections.filter { Blindness(open: $0)?.domain == blindness.domain } : []
        if isKnown, open.isEmpty { return [] }
        let revoked = open.map { correction in
            Fact.correctionRevocation(
                id: correction.id,
                Correction.Revocation(
                    at: now, by: Correction.daemon,
                    reason: "recorded again" + (until == nil ? ": it began earlier" : " with its end: it is over")))
        }
        var said = words(blindness)
        // After a restart only the open void knows which references had failed.
        if blindness.failures.isEmpty, let first = open.first {
            said = SightWords(reason: first.reason, evidence: first.evidence)
        }
        return revoked + [blindness.correction(until: until, in: said, at: now)].compactMap { $0 }.map(Fact.correction)
    }
}
