import SLA

/// The instant `ms` after the epoch.
package func t(_ ms: Int64) -> Instant { Instant(milliseconds: ms) }

/// `[from, to)`, where the caller knows that it holds an instant.
package func span(_ from: Int64, _ to: Int64) -> Interval {
    guard let interval = Interval(t(from), t(to)) else { preconditionFailure("[\(from), \(to)) holds nothing") }
    return interval
}
