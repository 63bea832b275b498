import SLA
import SLAOracle
import Testing

extension World {
    /// Whether oracle and implementation agree; where they do not, the test fails with the smallest world found in
    /// which that is so.
    func isSettled(_ note: @autoclosure () -> String, _ location: SourceLocation = #_sourceLocation) -> Bool {
        guard isDisputed else { return true }
        let world = shrunk()
        let expected = Oracle(world).row()
        let stated = world.stated(like: expected)
        Issue.record(
            """
            \(note())
            \(world)
            by semantics.md: \(expected)
            stated:          \(stated.map { "\($0)" } ?? "nothing")
            """, sourceLocation: location)
        return false
    }
}
