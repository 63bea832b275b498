import Ledger
import LedgerSupport
import SLA
import UseCases

@testable import Monitor
@testable import SLA

extension WatchedServices {
    /// The services of `catalog`, brought to where the ledger is at `now`; those that `previous` follows go on.
    init(_ catalog: Catalog, continuing previous: WatchedServices? = nil, ledger: Ledger, now: Instant) throws {
        self = previous ?? WatchedServices(catalog.agreement)
        let period = catalog.agreement.calendar.interval(ofMonthContaining: now)
        try ledger.read { snapshot in
            var timelines: [CheckID: CheckTimeline] = [:]
            var disrupted: [String: Instant] = [:]
            let rules = CorrectionIndex(
                try snapshot.corrections(), ends: try snapshot.passEnds(), at: now, version: 0)
            var count = 0
            for service in unread(in: catalog) {
                for check in service.rules.checks {
                    let id = CheckID(service: service.id, check: check)
                    timelines[id] = try snapshot.checkTimeline(
                        id, SeriesRules(service.rules.rules(of: check)), from: period.start, count: &count)
                }
                disrupted[service.id] = try snapshot.disruption(of: service, at: period.start, rules)
            }
            update(catalog, try snapshot.serviceHistory(period), timelines: timelines, disrupted: disrupted)
        }
    }

    /// The checks that are to be read again.
    var disordered: Set<CheckID> { Set(checksToRead.map(\.id)) }

    /// Reads them.
    mutating func reorder(from ledger: Ledger, now: Instant) throws {
        let start = catalog.agreement.calendar.interval(ofMonthContaining: now).start
        try ledger.read { snapshot in
            var count = 0
            let rules = CorrectionIndex(
                try snapshot.corrections(), ends: try snapshot.passEnds(), at: now, version: 0)
            for it in checksToRead {
                if let from = it.from {
                    _ = feedAgain([it.id: try snapshot.samplesAgain(of: it.id, from: from, in: it.rules)])
                } else {
                    let timeline = try snapshot.checkTimeline(
                        it.id, it.rules, from: start, ends: snapshot.passEnds(), count: &count)
                    let service = it.id.service
                    let since = try catalog.service(service).flatMap {
                        try snapshot.disruption(of: $0, at: start, rules)
                    }
                    _ = replace([it.id: timeline], disrupted: since.map { [service: $0] } ?? [:])
                }
            }
        }
        commit()
    }
}
