/// The counted downtime of the last ``BurnWindow/longest`` ms, with what all before each stretch adds up to, so that
/// the sum of any end of it is found in logarithmic time.
struct RecentDowntime: Sendable, Equatable {
    private struct Stretch: Sendable, Equatable {
        var interval: Interval
        /// The length of all stretches before it, in ms.
        let before: Milliseconds
    }

    /// How many stretches are kept together.
    private static let chunkSize = 128

    /// Chunks that do not change any more: the daemon's copies share them, and copy only ``latest``.
    private var earlier: [[Stretch]] = []
    private var latest: [Stretch] = []
    private var total: Milliseconds = 0

    /// Adds `down`, which is later than everything here; what lies wholly before `horizon` may be forgotten.
    mutating func append(_ down: IntervalSet, forgettingBefore horizon: Instant) {
        for interval in down.intervals {
            if let last = latest.last, last.interval.end == interval.start {
                latest[latest.count - 1].interval = Interval(unchecked: last.interval.start, interval.end)
            } else {
                // The last stretch stays here, where it can still grow.
                if latest.count >= Self.chunkSize {
                    earlier.append(latest)
                    latest = []
                }
                latest.append(Stretch(interval: interval, before: total))
            }
            total += interval.length
        }
        let stale = chunk(endingAfter: horizon)
        if stale > 0 { earlier.removeFirst(stale) }
    }

    /// The downtime from `instant` on, in ms; `instant` is not before the last horizon.
    func length(since instant: Instant) -> Milliseconds {
        let index = chunk(endingAfter: instant)
        let stretches = index < earlier.count ? earlier[index] : latest
        let first = stretches.partitionPoint { $0.interval.end > instant }
        guard first < stretches.count else { return 0 }
        return total - stretches[first].before - max(0, instant - stretches[first].interval.start)
    }

    /// The index in ``earlier`` of the first chunk that reaches past `instant`, or the count where none does.
    private func chunk(endingAfter instant: Instant) -> Int {
        earlier.partitionPoint { $0.last.map { $0.interval.end > instant } ?? false }
    }
}
