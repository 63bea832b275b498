extension Incident {
    /// The customers whose services it concerns, each once, sorted.
    public var customers: [String] { Set(services.map(\.customer)).sorted() }

    /// Whether it is among what happened in `period`: it opened or was open then, as far as `asOf` knows.
    public func concerns(_ period: Interval, asOf: Instant) -> Bool {
        // Whether it will be open in a month that has not begun, nobody knows.
        openedAt < period.end && (period.start <= asOf || openedAt >= period.start)
            && (endedAt.map { $0 > period.start || openedAt >= period.start } ?? true)
    }

    /// The services that `customer` may be told of: its own (clause 5); all of them where it is nil.
    public func services(of customer: String?) -> [AffectedService] {
        services.filter { customer == nil || $0.customer == customer }
    }

    /// The cause that `customer` may be told: what was written for an incident of several customers may name another
    /// (clause 5), so each is told what its own first service was found with.
    public func cause(for customer: String?) -> Cause? {
        guard let customer, customers != [customer] else { return cause }
        return services(of: customer).lazy.compactMap(\.cause).first
    }
}
