import SLA

/// The downtimes that Nagios knew of, as candidates for exclusions.
///
/// A downtime says that somebody planned something, not that the customers were told: the candidates have no notice,
/// so that no rule admits them until a person adds it.
struct NagiosDowntimes {
    private struct Downtime {
        let object: NagiosLine.Object
        let start: Instant
        var end: Instant?
        let line: Int
    }

    private var downtimes: [Downtime] = []
    private var open: [NagiosLine.Object: Int] = [:]

    /// Notes that a downtime of `object` begins or ends at `instant`.
    mutating func note(_ object: NagiosLine.Object, begins: Bool, at instant: Instant, line: Int) {
        if begins {
            guard open[object] == nil else { return }
            open[object] = downtimes.count
            downtimes.append(Downtime(object: object, start: instant, line: line))
        } else if let index = open.removeValue(forKey: object) {
            downtimes[index].end = instant
        }
    }

    /// The candidates, by their beginning: one for each downtime of something that is a check.
    ///
    /// - Parameter end: the log's last instant, with which a downtime ends that is still open.
    func exclusions(end: Instant?, names: [ForeignSeries]) -> [Exclusion] {
        // Few of a file's objects are checks, and all of them may have downtimes.
        let names = names.filter { $0.check != nil }
        return downtimes.compactMap { downtime in
            guard let last = downtime.end ?? end, let interval = Interval(downtime.start, last) else { return nil }
            let services = services(of: downtime.object, names: names)
            guard !services.isEmpty else { return nil }
            let isOpen = downtime.end == nil ? ", still open at the end of the log" : ""
            return Exclusion(
                id: "nagios-\(downtime.start.milliseconds / 1000)-\(downtime.line)", category: .scheduledMaintenance,
                scope: services.map(ScopeTerm.service), interval: interval,
                evidence: "Nagios downtime of \(downtime.object.name)\(isOpen)", recordedBy: "nagios")
        }
    }

    /// The services behind `object`; a host's downtime is one of all its services.
    private func services(of object: NagiosLine.Object, names: [ForeignSeries]) -> [String] {
        let meant = names.filter { series in
            series.name == object.name || (object.service == nil && series.name.hasPrefix(object.host + ";"))
        }
        return Set(meant.compactMap(\.check?.service)).sorted()
    }
}
