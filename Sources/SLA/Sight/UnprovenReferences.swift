/// References none of which has answered so far, neither since the start nor shortly before it: whoever begins in a dead
/// network has no others.
///
/// Once all of them have failed, and a check as well, nobody sees: else everybody would be down at once. But where checks
/// succeed for an hour while no reference ever answers, it is the references that are wrong, and none of them counts.
struct UnprovenReferences: Hashable, Sendable {
    /// For how long, in ms, checks must succeed before references that have never answered are none.
    static let patience: Milliseconds = 3_600_000

    private var references: Set<CheckID> = []
    /// Those that are none until they answer.
    private var excluded: Set<CheckID> = []
    private var failures: [CheckID: Blindness.Failure] = [:]
    /// When the first probe of a check began that failed.
    private var firstFailure: Instant?
    /// When the first probe of a check began that succeeded.
    private var firstSuccess: Instant?
    private var isGivenUp = false

    /// Whether they can be waited for.
    var mayTell: Bool { !isGivenUp && !isNobody }

    /// Whether there is none.
    var isNobody: Bool { references.isSubset(of: excluded) }

    /// How all of them failed, and when the first check did; nil where that is not so.
    var allHaveFailed: ([Blindness.Failure], Instant)? {
        guard mayTell, let firstFailure, references.subtracting(excluded).allSatisfy({ failures[$0] != nil }) else {
            return nil
        }
        return (Array(failures.values), firstFailure)
    }

    /// These are the references from now on. Others than before get their time anew.
    mutating func follow(_ references: Set<CheckID>) {
        guard references != self.references else { return }
        self.references = references
        excluded.formIntersection(references)
        failures = failures.filter { references.contains($0.key) }
        (firstFailure, firstSuccess, isGivenUp) = (nil, nil, false)
    }

    /// `reference` is none until it answers.
    mutating func exclude(_ reference: CheckID) {
        excluded.insert(reference)
        failures[reference] = nil
    }

    /// `reference` has answered: whatever failed before is another matter.
    mutating func answered(_ reference: CheckID) {
        excluded.remove(reference)
        failures = [:]
        (firstFailure, firstSuccess, isGivenUp) = (nil, nil, false)
    }

    /// `reference` has failed.
    mutating func failed(_ reference: CheckID, _ failure: Blindness.Failure) {
        guard references.contains(reference), !excluded.contains(reference) else { return }
        let since = failures[reference]?.since ?? failure.since
        failures[reference] = Blindness.Failure(reference: failure.reference, since: since, cause: failure.cause)
    }

    /// A check has failed in a probe from `at` on.
    mutating func checkFailed(at: Instant) { firstFailure = min(firstFailure ?? at, at) }

    /// A check has succeeded in a probe from `at` on: whether the references are none from now on.
    mutating func succeeded(at: Instant) -> Bool {
        guard mayTell else { return false }
        let first = min(firstSuccess ?? at, at)
        firstSuccess = first
        guard at - first >= Self.patience else { return false }
        isGivenUp = true
        return true
    }

    /// They are none, until one answers.
    mutating func giveUp() { isGivenUp = true }

    /// What was before cannot be compared with what comes.
    mutating func clockStepped() { (firstFailure, firstSuccess) = (nil, nil) }
}
