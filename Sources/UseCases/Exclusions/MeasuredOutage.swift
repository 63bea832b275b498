import Ledger
import SLA

extension Recording {
    /// The outage of `service` that holds `instant` as it is measured now, up to now where it goes on; nil, and noted,
    /// where there is none that an exclusion of `category` could answer.
    func outage(
        of service: String, at instant: Instant, _ category: ExclusionCategory, in snapshot: LedgerSnapshot,
        _ check: inout RequestCheck
    ) throws -> Interval? {
        let answering: [ExclusionCategory] = [.customerMisconfiguration, .forceMajeure, .thirdParty]
        guard answering.contains(category) else {
            let names = answering.map(\.rawValue).joined(separator: ", ")
            check.add(.outage, "\(category.rawValue) answers no outage, expected one of \(names)")
            return nil
        }
        if check.service(service, catalog: try everKnown(in: snapshot), field: .outage) == nil { return nil }
        let inputs = try snapshot.inputs(
            of: calendar.month(containing: instant), asOf: now, configured: catalog, now: now)
        let measured = try inputs.catalog.requiredService(service)
        let down = try snapshot.timeline(of: measured, for: inputs).down
        let outages = down.intersection(measured.paid).intersection(IntervalSet(Interval(.distantPast, now)))
        if let outage = outages.interval(holding: instant) { return outage }
        let zone = calendar.zone
        func distance(to interval: Interval) -> Milliseconds {
            instant < interval.start ? interval.start - instant : instant - interval.end
        }
        let nearest = outages.intervals.min { distance(to: $0) < distance(to: $1) }.map {
            "; the nearest is from \(RFC3339.text($0.start, in: zone)) to \(RFC3339.text($0.end, in: zone))"
        }
        check.add(
            .outage, "no outage of \(service) holds \(RFC3339.text(instant, in: zone))\(nearest ?? "")",
            isOfRecord: true)
        return nil
    }
}
