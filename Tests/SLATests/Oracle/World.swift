import SLA

/// Everything that the figures of one service's month follow from: the agreement, the paid terms, the samples,
/// the exclusions and `as_of`. Every instant is a multiple of ``tick``.
struct World: Sendable {
    var zone = ZoneTable.utc
    var month = ZoneTable.utc.months[0]
    /// The unit of the world, in ms: nothing happens between two multiples of it.
    var tick: Int64 = 1
    var asOf: Int64
    var objective = "99"
    var policy = ExcludedTime.removed
    var notice = NoticeLead()
    var paid: [Range<Int64>]
    var mode = CheckMode.all
    var checks: [Watch]
    var exclusions: [Exclusion] = []

    /// One check of the service, with the samples it took, in order of time.
    struct Watch: Sendable {
        var confirm: Int
        var staleAfter: Int64
        var samples: [Sample]
    }

    var monthStart: Int64 { month.start * 1000 }
    var monthEnd: Int64 { month.end * 1000 }
}

extension World {
    var agreement: Agreement? {
        ExactDecimal(objective).map {
            Agreement(
                objective: $0, calendar: CivilCalendar(zone: zone.rules), excludedTime: policy, notice: notice)
        }
    }

    var probe: ProbeSpecification { ProbeSpecification(url: "tcp://web:1", scheme: .tcp, host: "web", port: 1) }

    /// `web` of customer `acme`, in the group `rack-3`.
    var service: Service {
        Service(
            id: "web", customer: "acme", groups: ["rack-3"],
            paid: IntervalSet(
                paid.compactMap {
                    Interval(Instant(milliseconds: $0.lowerBound), Instant(milliseconds: $0.upperBound))
                }),
            mode: mode,
            checks: checks.enumerated().map { index, watch in
                Check(id: "check\(index)", confirm: watch.confirm, staleAfter: watch.staleAfter, probe: probe)
            })
    }

    /// The service's time as the implementation sees it.
    func timeline() -> ServiceTimeline {
        ServiceTimeline(
            mode: mode,
            checks: checks.map { watch in
                var timeline = CheckTimeline(staleAfter: watch.staleAfter, confirm: watch.confirm)
                for sample in watch.samples where sample.at.milliseconds <= asOf { timeline.append(sample) }
                return timeline.spans()
            })
    }

    /// The statement that the implementation makes of this world.
    func statement(of timeline: ServiceTimeline) -> Statement? {
        guard let agreement, let month = CivilMonth(month.text) else { return nil }
        return Statement(
            of: service, month: month, asOf: Instant(milliseconds: asOf), under: agreement, timeline: timeline,
            exclusions: exclusions)
    }
}

extension World: CustomStringConvertible {
    /// Enough to make the world again by hand; instants count from the month's beginning, in ticks.
    var description: String {
        func offset(_ ms: Int64) -> String { "\((ms - monthStart) / tick)" }
        func offset(_ instant: Instant?) -> String { instant.map { offset($0.milliseconds) } ?? "-" }
        var lines = [
            "\(zone.name) \(month.text), tick \(tick) ms, as_of \(offset(asOf)), objective \(objective),"
                + " excluded time \(policy), mode \(mode), notice \(notice.scheduled) ms and \(notice.emergency) ms",
            "paid " + paid.map { "[\(offset($0.lowerBound)), \(offset($0.upperBound)))" }.joined(separator: " "),
        ]
        for watch in checks {
            lines.append(
                "check: confirm \(watch.confirm), stale after \(watch.staleAfter / tick):"
                    + watch.samples.map { " \(offset($0.at.milliseconds)) \($0.state.name)" }.joined(separator: ","))
        }
        for exclusion in exclusions {
            lines.append(
                "exclusion \(exclusion.id): \(exclusion.category.rawValue),"
                    + " scope \(exclusion.scope.map(\.text).joined(separator: " ")),"
                    + " [\(offset(exclusion.interval.start)), \(offset(exclusion.interval.end))),"
                    + " notice \(offset(exclusion.noticeAt)), evidence \"\(exclusion.evidence)\","
                    + " recorded \(offset(exclusion.recordedAt)), revoked \(offset(exclusion.revokedAt))")
        }
        return lines.joined(separator: "\n")
    }
}
