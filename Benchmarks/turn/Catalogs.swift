import SLA

/// Services to benchmark with.
enum Catalogs {
    /// `count` services, each of a customer of its own.
    static func services(_ count: Int, groups: Set<String>, interval: Milliseconds = 10_000) -> Catalog {
        let names = (0..<count).map { "s\($0)" }
        return Catalog(
            agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: names.map { Customer(id: "c" + $0) },
            services: names.map { name in
                Service(
                    id: name, customer: "c" + name, groups: groups,
                    paid: IntervalSet(Interval(.distantPast, .distantFuture)),
                    checks: [
                        Check(
                            interval: interval, timeout: 5000,
                            probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
                    ])
            })
    }
}
