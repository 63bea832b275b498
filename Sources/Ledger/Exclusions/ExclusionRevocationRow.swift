import GRDB
import SLA

/// A row of `exclusion_revocations`.
struct ExclusionRevocationRow: FactRow {
    static let table = FactTable.exclusionRevocations

    var number: Int64?
    /// The number of the exclusion.
    var exclusion: Int64
    var at: Int64
    var by: String
    var reason: String

    init(_ revocation: ExclusionAmendment.Revocation, of exclusion: Int64) {
        self.exclusion = exclusion
        at = revocation.at.milliseconds
        by = revocation.by
        reason = revocation.reason
    }
}
