import SLA

/// What was damaged of the file of samples that wait: the samples in it are lost.
struct SpillDamage: Hashable {
    /// The file.
    let path: String
    /// Where the damaged file was copied to; nil where it could not be.
    let copy: String?
    let places: [SpillContent.Damage]

    /// What is said of it.
    var text: String {
        let bytes = places.reduce(0) { $0 + Int64($1.place.count) }
        return "\(path) is damaged: \(bytes) bytes of samples that waited cannot be read, and are unmeasured; "
            + (copy.map { "it is copied to \($0)" } ?? "it could not be copied beside")
    }

    /// What is recorded of it, once: an event for each place, and a void of the time of its samples.
    ///
    /// - Parameters:
    ///   - recorded: when the latest sample was taken that is recorded.
    ///   - end: when the first one was taken that is neither recorded nor in the file, or now.
    ///   - isKnown: whether there is an event with a text already.
    func facts(
        by event: DaemonEvent, after recorded: Instant?, until end: Instant, isKnown: (String) -> Bool
    ) -> [Fact] {
        places.flatMap { place -> [Fact] in
            var found = event
            found.kind = .spillDamaged
            found.text = "\(place.place.count) bytes from \(place.place.lowerBound) on, SHA-256 \(place.digest)"
            if isKnown(found.text) { return [] }
            let void = place.time(after: recorded, until: end).map { time in
                Fact.correction(
                    .ofLostSamples(
                        in: time, reason: "samples of this time waited in a file that is damaged", at: event.at))
            }
            return [.daemonEvent(found)] + (void.map { [$0] } ?? [])
        }
    }
}
