/// How much downtime and how much available time several services together had up to each instant of a period:
/// piecewise linear, bending only where an interval of one of them begins or ends.
struct WindowProfile {
    /// Where the sums bend, in order; the first is the period's start, the last its end.
    private var instants: [Instant] = []
    /// The sums up to each of ``instants``, and how many ms each grows in a ms from there on.
    private var sums: [Sums] = []
    private var rates: [Sums] = []

    /// Downtime and available time, in ms.
    struct Sums: Hashable {
        var down: Int64 = 0
        var available: Int64 = 0

        static func - (a: Sums, b: Sums) -> Sums {
            Sums(down: a.down - b.down, available: a.available - b.available)
        }

        /// Whether a window of these is worse than one of `other`: more downtime, or as much in more counted time.
        func isWorse(than other: Sums) -> Bool {
            (down, available) > (other.down, other.available)
        }
    }

    private let period: Interval

    init(of partitions: [Partition], in period: Interval) {
        self.period = period
        var bends: [(at: Instant, change: Sums)] = [(period.start, Sums()), (period.end, Sums())]
        for partition in partitions {
            for interval in partition.down.intervals {
                bends.append((interval.start, Sums(down: 1)))
                bends.append((interval.end, Sums(down: -1)))
            }
            for interval in partition.available.intervals {
                bends.append((interval.start, Sums(available: 1)))
                bends.append((interval.end, Sums(available: -1)))
            }
        }
        bends.sort { $0.at < $1.at }
        var (sum, rate) = (Sums(), Sums())
        for bend in bends {
            if let last = instants.last, last < bend.at {
                sum = Self.grown(sum, by: rate, for: bend.at - last)
            }
            rate.down += bend.change.down
            rate.available += bend.change.available
            if instants.last == bend.at {
                rates[rates.count - 1] = rate
            } else {
                instants.append(bend.at)
                sums.append(sum)
                rates.append(rate)
            }
        }
    }

    private static func grown(_ sum: Sums, by rate: Sums, for length: Milliseconds) -> Sums {
        Sums(down: sum.down + rate.down * length, available: sum.available + rate.available * length)
    }

    /// The worst window of `length` ms, or the whole period where it is shorter; the earliest of equals. Linear time.
    ///
    /// What a window `[t, t + length)` holds changes linearly with *t* between the instants at which one of its ends
    /// meets a bend. So the most downtime is held at one of these; where it is held all the way between two, the most
    /// counted time is held at one of them; and where that too is equal all the way, the first is the earliest.
    func worst(length: Milliseconds) -> WorstWindow {
        let last = period.end - length
        guard period.start < last else {
            return WorstWindow(length: length, interval: period, sums: sums[sums.count - 1] - sums[0])
        }
        var (from, to) = (Cursor(), Cursor())
        var best: (start: Instant, sums: Sums) = (period.start, Sums(down: -1))
        func consider(_ start: Instant) {
            let held = sum(to: start + length, &to) - sum(to: start, &from)
            if held.isWorse(than: best.sums) { best = (start, held) }
        }
        // Two sorted lists as one: the bends, and the bends less the length.
        var (bend, shifted) = (0, instants.partitionPoint { $0 >= period.start + length })
        while bend < instants.count || shifted < instants.count {
            let ahead = bend < instants.count ? instants[bend] : .distantFuture
            let behind = shifted < instants.count ? instants[shifted] - length : .distantFuture
            let start = min(ahead, behind)
            if start > last { break }
            consider(start)
            if ahead == start { bend += 1 }
            if behind == start { shifted += 1 }
        }
        return WorstWindow(
            length: length, interval: Interval(unchecked: best.start, best.start + length), sums: best.sums)
    }

    /// The bend that was last at or before an instant; instants are asked for in order.
    private struct Cursor {
        var index = 0
    }

    private func sum(to instant: Instant, _ cursor: inout Cursor) -> Sums {
        while cursor.index + 1 < instants.count, instants[cursor.index + 1] <= instant { cursor.index += 1 }
        return Self.grown(sums[cursor.index], by: rates[cursor.index], for: instant - instants[cursor.index])
    }
}
