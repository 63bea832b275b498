import GRDB
import SLA

/// A row of `exclusion_details`.
struct ExclusionDetailsRow: FactRow {
    static let table = FactTable.exclusionDetails

    /// The number of the exclusion.
    var exclusion: Int64
    var kind: String?
    var act: String?
    var breach: String?
    var outageService: String?
    var outageStart: Int64?
    var origin: String?

    enum CodingKeys: String, CodingKey {
        case exclusion, kind, act, breach, origin
        case outageService = "outage_service"
        case outageStart = "outage_start"
    }

    init(_ details: ExclusionDetails, of exclusion: Int64) {
        self.exclusion = exclusion
        kind = details.kind?.rawValue
        act = details.act?.rawValue
        breach = details.breach
        outageService = details.outage?.service
        outageStart = details.outage?.start.milliseconds
        origin = details.origin
    }

    func details() throws -> ExclusionDetails {
        ExclusionDetails(
            kind: try kind.map { try named($0, CodingKeys.kind) }, act: try act.map { try named($0, CodingKeys.act) },
            breach: breach,
            outage: outageService.flatMap { service in
                outageStart.map { ExclusionDetails.Outage(service: service, start: Instant(milliseconds: $0)) }
            }, origin: origin)
    }
}
