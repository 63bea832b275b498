import Intake

/// The mistakes found so far in one reading. It stays within the call that made it.
final class Findings {
    private var list = DiagnosticList()
    /// Those that are shown.
    private var known: Set<Diagnostic> = []

    /// Adds a mistake, once however often it is met: a bad default is met by each service.
    func report(_ diagnostic: Diagnostic) {
        if known.contains(diagnostic) { return }
        if !list.isFull { known.insert(diagnostic) }
        list.add(diagnostic)
    }

    /// - Throws: all that is wrong, if anything is.
    func check() throws(Diagnostics) { try list.check() }
}
