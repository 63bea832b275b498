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

    /// Adds `down`, which is later than everything here.
    mutating func append(_ down: IntervalSet) {
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
    }

    /// Forgets what lies wholly before `horizon`, as far as that is a chunk.
    mutating func forget(before horizon: Instant) {
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

    /// The least downtime that a window of `length` ms holds that ends in `ends`, in ms; the first of them begins no
    /// earlier than the last horizon.
    ///
    /// A window holds less and less while downtime leaves it at its beginning and none enters at its end: it holds
    /// least where the one stops or the other begins, or at either end of `ends`.
    func least(inWindowsOf length: Milliseconds, endingIn ends: ClosedRange<Instant>) -> Milliseconds {
        let begun = intervals(from: { $0.start >= ends.lowerBound }, while: { $0.start <= ends.upperBound })
        let ended = intervals(
            from: { $0.end + length >= ends.lowerBound }, while: { $0.end + length <= ends.upperBound })
        let instants = [ends.lowerBound, ends.upperBound] + begun.map(\.start) + ended.map { $0.end + length }
        return instants.map { self.length(since: $0 - length) - self.length(since: $0) }.min() ?? 0
    }

    /// The stretches from the first on of which `isReached` holds, as it does of all behind that, while `isMeant` holds.
    private func intervals(from isReached: (Interval) -> Bool, while isMeant: (Interval) -> Bool) -> [Interval] {
        var found: [Interval] = []
        for index in earlier.partitionPoint(where: { $0.last.map { isReached($0.interval) } ?? false })...earlier.count
        {
            let stretches = index < earlier.count ? earlier[index] : latest
            for stretch in stretches[stretches.partitionPoint { isReached($0.interval) }...] {
                guard isMeant(stretch.interval) else { return found }
                found.append(stretch.interval)
            }
        }
        return found
    }

    /// The index in ``earlier`` of the first chunk that reaches past `instant`, or the count where none does.
    private func chunk(endingAfter instant: Instant) -> Int {
        earlier.partitionPoint { $0.last.map { $0.interval.end > instant } ?? false }
    }
}
