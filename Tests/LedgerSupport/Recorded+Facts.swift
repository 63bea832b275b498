import Ledger
import SLA
import SLAOracle

/// What a test asks of what was recorded.
extension Recorded {
    /// What people call the facts, in their order, without those that they call nothing: see ``Fact/identifier``.
    public var identifiers: [String] { facts.compactMap(\.identifier) }

    /// The exclusions among them.
    public var exclusions: [Exclusion] {
        facts.compactMap { if case .exclusion(let entry) = $0 { entry.exclusion } else { nil } }
    }

    /// The maintenance plans among them.
    public var plans: [MaintenancePlan] {
        facts.compactMap { if case .maintenancePlan(let plan) = $0 { plan } else { nil } }
    }

    /// The extensions of maintenance among them.
    public var extensions: [MaintenanceExtension] {
        facts.compactMap { if case .maintenanceExtension(let added) = $0 { added } else { nil } }
    }
}
