import Intake
import SLA

extension History {
    /// What the ledger cannot hold of it, each kind once for a check, by its first record: it has one vantage point,
    /// somebody looked at each of its samples, and each was known at once.
    ///
    /// - Parameter file: what the file is called in messages.
    public func unrecordable(file: String) -> [Diagnostic] {
        var found: [Diagnostic] = []
        func report(_ field: String, _ entries: [Entry], _ message: String) {
            guard let first = entries.map(\.record).min() else { return }
            found.append(
                Diagnostic(
                    file: file, line: Int(first), field: field,
                    message: message + "; the ledger cannot hold it, availd replay can read it"))
        }
        for (check, named) in vantages.sorted(by: { $0.key < $1.key }) {
            for (vantage, entries) in named.sorted(by: { $0.key < $1.key }) {
                report("vantage", entries, "\(check) as \(Diagnostic.quoted(vantage)) sees it")
            }
        }
        for (check, entries) in series.sorted(by: { $0.key < $1.key }) {
            report("derived", entries.filter(\.sample.isDerived), "a sample of \(check) that nobody looked at")
            report(
                "known_at", entries.filter { entry in entry.knownAt.map { $0 > entry.sample.at } ?? false },
                "a sample of \(check) that was known later than it was taken")
        }
        return found
    }
}
