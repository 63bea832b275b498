import SLA

/// The files of samples that wait: the one beside the ledger, and where its disk takes nothing at all, that in the runtime
/// directory.
package struct SpillFiles: Sendable {
    private let files: [SpillFile]

    /// Those in `places`, made where they are missing.
    ///
    /// - Parameter isMade: whether also the one beside the ledger is made.
    package init(_ places: KeepingPlaces, isMade: Bool = true) {
        files = places.paths(of: SpillFile.name, isMade: isMade).map { path in
            let isInMemory = path == places.runtimeDirectory.map { "\($0)/\(SpillFile.name)" }
            return SpillFile(
                path: path, limit: isInMemory ? SpillFile.limitInMemory : SpillFile.limit,
                reserve: isInMemory ? 0 : SpillFile.reserve)
        }
    }

    /// The paths of those in which samples wait, as part of a sentence.
    var filled: String { files.filter { !$0.isEmpty }.map(\.path).joined(separator: " and ") }

    /// What was found to be damaged since this was asked last.
    func takeDamages() -> [SpillDamage] { files.compactMap { $0.takeDamage() } }

    /// Why nothing can be kept beside the ledger; nil where it can.
    var problem: String? { files.first?.problem }

    /// Whether nothing waits in them.
    var isEmpty: Bool { files.allSatisfy(\.isEmpty) }

    /// The oldest frame; nil where there is none.
    func oldest() -> SpillFrame? {
        // Where one takes nothing for a while, neither file is the older one.
        files.compactMap { $0.oldest() }.min { first, second in
            (first.observations.first?.sample.at ?? .distantPast)
                < (second.observations.first?.sample.at ?? .distantPast)
        }
    }

    /// `frame`, which was the oldest one, is in the ledger.
    func take(_ frame: SpillFrame) {
        files.first { $0.oldest() == frame }?.takeOldest()
    }

    /// Adds `observations`, in frames, to the first file that takes them.
    ///
    /// - Returns: how many of them, from the first on, are kept; the others found no room.
    func add(_ observations: [Observation]) -> Int {
        files.reduce(0) { kept, file in kept + file.add(Array(observations.dropFirst(kept))) }
    }

    /// The same, but for files that another thread is at; nil where it is at all of them.
    func addIfAvailable(_ observations: [Observation]) -> Int? {
        files.reduce(nil as Int?) { kept, file in
            file.addIfAvailable(Array(observations.dropFirst(kept ?? 0))).map { $0 + (kept ?? 0) } ?? kept
        }
    }
}
