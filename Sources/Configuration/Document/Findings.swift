import Intake

/// The mistakes found so far in one reading. It stays within the call that made it.
final class Findings {
    private(set) var all: [Diagnostic] = []
    private var known: Set<Diagnostic> = []

    /// Adds a mistake, once however often it is met: a bad default is met by each service.
    func report(_ diagnostic: Diagnostic) {
        if known.insert(diagnostic).inserted { all.append(diagnostic) }
    }
}
