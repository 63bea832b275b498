extension Catalog {
    /// What is to be said where time that was paid for in `earlier` no longer is, a line a service: a change of the
    /// configuration that takes away paid time may be a slip.
    func paidTimeLost(since earlier: Catalog) -> [String] {
        let zone = agreement.calendar.zone
        return earlier.services.compactMap { before in
            guard let after = service(before.id) else { return nil }
            let lost = before.paid.subtracting(after.paid)
            if lost.isEmpty { return nil }
            let spans = lost.intervals.map { span in
                "from \(RFC3339.text(span.start, in: zone))"
                    + (span.end == .distantFuture ? " on" : " to \(RFC3339.text(span.end, in: zone))")
            }
            return "\(before.id): no longer paid for: \(spans.joined(separator: ", "))"
        }
    }
}
