import SLAOracle
import Testing

@testable import SLA

/// The set of `spans`.
func set(_ spans: (Int64, Int64)...) -> IntervalSet { IntervalSet(spans.map { span($0.0, $0.1) }) }

/// A rule that is told otherwise: the comparison with the oracle must notice.
struct Alteration: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let change: @Sendable (inout World) -> Void

    init(_ description: String, _ change: @escaping @Sendable (inout World) -> Void) {
        testDescription = description
        self.change = change
    }

    /// Whether the implementation's row of the altered `world` differs from the oracle's of the world itself.
    func isNoticed(in world: World) -> Bool {
        var altered = world
        change(&altered)
        let expected = Oracle(world).row()
        return altered.stated(like: expected) != expected
    }
}
