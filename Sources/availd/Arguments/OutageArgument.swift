import ArgumentParser
import Configuration
import Intake
import Ledger
import Monitor
import SLA
import UseCases

/// An outage on the command line: a service, and any instant inside.
struct OutageArgument: ExpressibleByArgument {
    let service: String
    let instant: Instant

    /// `SERVICE@INSTANT`; a service's identifier may hold the sign, an instant does not.
    init?(argument: String) {
        guard let sign = argument.lastIndex(of: "@"),
            let instant = InstantText.instant(String(argument[sign...].dropFirst()))
        else { return nil }
        service = String(argument[..<sign])
        self.instant = instant
    }

    /// The outage as it is measured at `now`, up to `now` where it goes on; nil, and noted, where there is none.
    ///
    /// - Parameter catalog: the services that were ever known.
    func interval(
        _ configuration: Configuration, _ catalog: Catalog, now: Instant, _ check: inout ArgumentCheck
    ) throws -> Interval? {
        if case .failure(let mistakes) = ScopeText.terms("service:" + service, catalog: catalog) {
            for mistake in mistakes.all {
                check.add("--outage", mistake.message + didYouMean(mistake.nearest))
            }
            return nil
        }
        let calendar = configuration.catalog.agreement.calendar
        let ledger = try configuration.readableLedger(about: [service])
        let outages = try ledger.read { snapshot in
            let inputs = try snapshot.inputs(
                of: calendar.month(containing: instant), asOf: now, configured: configuration.catalog)
            let known = try inputs.catalog.requiredService(service)
            let down = try snapshot.timeline(of: known, for: inputs).down
            return down.intersection(known.paid).intersection(IntervalSet(Interval(.distantPast, now)))
        }
        if let outage = outages.interval(holding: instant) {
            if outage.end == now { Console.note("the outage goes on; the exclusion ends now") }
            return outage
        }
        let zone = calendar.zone
        let nearest = outages.intervals.min { distance(to: $0) < distance(to: $1) }.map {
            "; the nearest is from \(RFC3339.text($0.start, in: zone)) to \(RFC3339.text($0.end, in: zone))"
        }
        check.add(
            "--outage", "no outage of \(service) holds \(RFC3339.text(instant, in: zone))\(nearest ?? "")")
        return nil
    }

    private func distance(to interval: Interval) -> Milliseconds {
        instant < interval.start ? interval.start - instant : instant - interval.end
    }
}
