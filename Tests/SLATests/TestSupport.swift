@testable import SLA

/// The instant `ms` after the epoch.
func t(_ ms: Int64) -> Instant { Instant(milliseconds: ms) }

/// `[from, to)`, where the test knows that it holds an instant.
func span(_ from: Int64, _ to: Int64) -> Interval { Interval(unchecked: t(from), t(to)) }

/// The set of `spans`.
func set(_ spans: (Int64, Int64)...) -> IntervalSet { IntervalSet(spans.map { span($0.0, $0.1) }) }
