import SLAOracle
import Testing

@testable import SLA

/// How often emergency maintenance is used (clause 6.2).
@Suite struct MaintenanceUsageTests {
    @Test func windowsThatTouchAreOne() {
        func exclusion(_ id: String, _ category: ExclusionCategory, _ from: Int64, _ to: Int64) -> Exclusion {
            Exclusion(id: id, category: category, scope: [.all], interval: span(from, to))
        }
        let use = MaintenanceUsage(
            of: [
                exclusion("1", .emergencyMaintenance, 10, 20), exclusion("2", .emergencyMaintenance, 10, 20),
                exclusion("3", .emergencyMaintenance, 20, 25), exclusion("4", .emergencyMaintenance, 40, 200),
                exclusion("5", .scheduledMaintenance, 50, 85), exclusion("6", .thirdParty, 0, 100),
            ], in: span(0, 100), asOf: t(60))
        #expect(use.emergency == set((10, 25), (40, 60)) && use.scheduled == set((50, 60)))
        #expect(use.emergencyShare == Ratio(35, of: 45))
        #expect(MaintenanceUsage(of: [], in: span(0, 100), asOf: t(60)).emergencyShare == nil)
    }
}
