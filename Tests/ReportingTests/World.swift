import DocumentSupport
import Foundation
import Reporting
import SLA
import Testing

/// A small October with one of everything that a report shows.
///
///     acme-web   up for 20 days, down 10 min on the 3rd (excluded by E1) and 8 h on the 4th, one transient
///     acme-free  paid for in November only
///     zeta-db    never measured, in an emergency window announced too late (E2)
enum World {
    static let zone = TimeZoneRules(name: "Asia/Ho_Chi_Minh", initialOffset: 7 * 3_600_000)
    static let agreement = Agreement(
        calendar: CivilCalendar(zone: zone),
        compensation: Compensation(
            currency: "VND",
            tiers: [
                Compensation.Tier(below: ExactDecimal(99), percent: ExactDecimal(10)),
                Compensation.Tier(below: ExactDecimal(95), percent: ExactDecimal(50)),
            ]))

    static func at(_ day: Int, _ hour: Int = 0, _ minute: Int = 0) -> Instant {
        let start = agreement.calendar.start(of: CivilDate(daysSinceEpoch: 20_727 + day - 1))
        return start + Milliseconds(hour * 60 + minute) * 60_000
    }

    static func interval(_ from: Instant, _ to: Instant) -> Interval? { Interval(from, to) }

    static let services: [Service] = {
        let check = Check(
            probe: ProbeSpecification(url: "https://acme.example/", scheme: .https, host: "acme.example", port: 443))
        return [
            Service(
                id: "acme-web", customer: "acme", price: ExactDecimal(200_000),
                paid: IntervalSet(Interval(at(1), .distantFuture)), checks: [check]),
            Service(
                id: "acme-free", customer: "acme", paid: IntervalSet(Interval(at(32), .distantFuture)),
                checks: [check]),
            Service(
                id: "zeta-db", customer: "zeta", paid: IntervalSet(Interval(at(1), .distantFuture)), checks: [check]),
        ]
    }()

    static let catalog = Catalog(
        agreement: agreement, customers: [Customer(id: "acme"), Customer(id: "zeta")], services: services)

    static let exclusions: [Exclusion] = [
        Interval(at(3, 10), at(3, 10, 10)).map {
            Exclusion(
                id: "E1", category: .thirdParty, scope: [.service("acme-web")], interval: $0, evidence: "ticket, 7")
        },
        Interval(at(5, 1), at(5, 2)).map {
            Exclusion(
                id: "E2", category: .emergencyMaintenance, scope: [.customer("zeta")], interval: $0,
                noticeAt: at(5, 0, 30))
        },
    ].compactMap { $0 }

    static func timeline(_ service: Service) -> ServiceTimeline {
        ServiceTimeline(of: service) { check, _, timeline in
            guard check.service == "acme-web" else { return }
            for minute in 0..<(20 * 1440) {
                let instant = at(1) + Milliseconds(minute) * 60_000
                let isDown =
                    (at(3, 10)..<at(3, 10, 10)).contains(instant) || (at(4, 2)..<at(4, 10)).contains(instant)
                    || instant == at(6)
                timeline.append(Sample(at: instant, state: isDown ? .down : .up))
            }
        }
    }

    /// The samples of ``timeline(_:)`` between which `span` lies.
    static func ends(of span: ExplainedSpan) -> Explanation.Ends {
        let minute: Milliseconds = 60_000
        let last = (20 * 1440 - 1) * minute
        let before = min(last, (span.interval.start - at(1)) / minute * minute)
        let after = (span.interval.end - at(1) + minute - 1) / minute * minute
        func observation(_ offset: Milliseconds) -> Observation {
            let instant = at(1) + offset
            let isDown = (at(4, 2)..<at(4, 10)).contains(instant) || (at(3, 10)..<at(3, 10, 10)).contains(instant)
            return Observation(
                check: CheckID(service: "acme-web", check: "default"),
                sample: Sample(at: instant, state: isDown ? .down : .up), cause: isDown ? .connection(.refused) : nil)
        }
        return Explanation.Ends(
            check: "default", first: observation(before), next: after > last ? nil : observation(after))
    }

    static let asOf = at(32, 1)
    static let month = CivilMonth(of: CivilDate(daysSinceEpoch: 20_727))

    static let report = MonthlyReport(
        FigureInputs(
            month: month, asOf: asOf, catalog: catalog,
            exclusions: exclusions), timeline: { service, _ in timeline(service) })

    /// The same month on the tenth, when it still runs.
    static let running = MonthlyReport(
        FigureInputs(
            month: month, asOf: at(10), catalog: catalog,
            exclusions: exclusions)
    ) { service, _ in
        ServiceTimeline(of: service) { check, _, timeline in
            guard check.service == "acme-web" else { return }
            for minute in 0..<(9 * 1440) {
                let instant = at(1) + Milliseconds(minute) * 60_000
                let isDown = (at(4, 2)..<at(4, 3)).contains(instant)
                timeline.append(Sample(at: instant, state: isDown ? .down : .up))
            }
        }
    }

    /// Holds `text` against the golden file `name`; a new one fails until someone has looked at it.
    static func expectGolden(_ text: String, _ name: String, _ place: SourceLocation = #_sourceLocation) throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
        if let wrong = try GoldenFile.disagreement(text, with: path) {
            Issue.record("\(wrong)", sourceLocation: place)
        }
    }
}
