import SLAOracle

@testable import SLA

/// The set of `spans`.
func set(_ spans: (Int64, Int64)...) -> IntervalSet { IntervalSet(spans.map { span($0.0, $0.1) }) }
