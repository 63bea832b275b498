/// A pair of windows in which downtime that goes on will use up the month's budget early: the multi-window method
/// of Google's SRE workbook ("Alerting on SLOs"), in shares of the budget.
///
/// The long window says that it matters, the short one, a twelfth of it, that it goes on. Both look at the running
/// month alone, since the budget is a month's.
///
///     long    share of the month's budget    burn rate in a month of 30 d    downtime at 99 %
///     1 h     2 %                            14.4                            8 min 38.4 s
///     6 h     5 %                            6                               21 min 36 s
///     3 d     10 %                           1                               43 min 12 s
public struct BurnWindow: Hashable, Sendable {
    /// The long window, in ms.
    public let length: Milliseconds
    /// The share of the month's budget that is too much for it, in percent.
    public let percent: Int64

    /// The short window, in ms.
    public var short: Milliseconds { length / 12 }

    /// The windows, the shortest first.
    public static let all = [
        BurnWindow(length: 3_600_000, percent: 2),
        BurnWindow(length: 6 * 3_600_000, percent: 5),
        BurnWindow(length: 72 * 3_600_000, percent: 10),
    ]

    /// The longest window, in ms.
    static let longest = all.map(\.length).max() ?? 0

    /// The counted downtime inside the two windows that end now, in ms.
    public struct Downtime: Hashable, Sendable {
        /// Inside the long one.
        public let long: Milliseconds
        /// Inside the short one.
        public let short: Milliseconds
        /// The least inside a long one that ended at any instant since the burn was last announced; nil where it was
        /// not, or only at a later instant.
        public let leastSince: Milliseconds?

        /// Downtime, in ms.
        public init(long: Milliseconds, short: Milliseconds, leastSince: Milliseconds? = nil) {
            self.long = long
            self.short = short
            self.leastSince = leastSince
        }
    }

    /// Whether `downtime` burns too fast for a budget of `allowed` ms: in both windows, at the same rate.
    ///
    /// Where the share is longer than the window, even an outage of all of it burns less, and nothing is said.
    public func isBurning(_ downtime: Downtime, allowed: Milliseconds) -> Bool {
        let share = Int128(percent) * Int128(allowed)
        return downtime.short > 0 && Int128(downtime.long) * 100 >= share
            && Int128(downtime.short) * 100 * Int128(length) >= share * Int128(short)
    }

    /// Whether the burn that was announced is over: at some instant since, the long window held less than half of what
    /// is too much, by what is known now. So whoever has the announcement and the samples finds the same.
    public func isOver(_ downtime: Downtime, allowed: Milliseconds) -> Bool {
        guard let least = downtime.leastSince else { return false }
        return Int128(least) * 200 < Int128(percent) * Int128(allowed) || least == 0
    }

    /// How many times as fast as the budget allows `downtime` goes in the long window, in hundredths, cut; nil where
    /// nothing is allowed.
    ///
    /// A rate of 1 uses up the budget exactly at the end of `counted` ms of counted time in the month.
    public func rateHundredths(_ downtime: Downtime, allowed: Milliseconds, counted: Milliseconds) -> Int64? {
        guard allowed > 0 else { return nil }
        return Int64(clamping: Int128(downtime.long) * Int128(counted) * 100 / (Int128(length) * Int128(allowed)))
    }
}
