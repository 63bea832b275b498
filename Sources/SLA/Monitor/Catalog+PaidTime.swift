extension Catalog {
    /// What is to be said where time that was paid for in `earlier` no longer is, of each service: a change of the
    /// configuration that takes away paid time may be a slip.
    func paidTimeLost(since earlier: Catalog) -> [MonitorWarning] {
        earlier.services.compactMap { before in
            guard let after = service(before.id) else { return nil }
            let lost = before.paid.subtracting(after.paid)
            return lost.isEmpty ? nil : .paidTimeLost(service: before.id, lost, zone: agreement.calendar.zone)
        }
    }
}
