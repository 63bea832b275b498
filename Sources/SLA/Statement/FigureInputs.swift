/// Everything that a month's figures are computed from, but the samples: the agreement and the paid terms (in the
/// catalogue), the exclusions, and the instant of knowledge. Equal inputs and equal samples give equal digits.
public struct FigureInputs: Hashable, Sendable {
    /// The month.
    public var month: CivilMonth
    /// The instant up to which things are known.
    public var asOf: Instant
    /// The agreement and the services with their paid terms, as they are to be counted.
    public var catalog: Catalog
    /// The exclusions of any service and any time; those that are not known at ``asOf`` are passed over.
    public var exclusions: [Exclusion]

    /// The inputs of `month`'s figures.
    public init(month: CivilMonth, asOf: Instant, catalog: Catalog, exclusions: [Exclusion]) {
        self.month = month
        self.asOf = asOf
        self.catalog = catalog
        self.exclusions = exclusions
    }

    /// The whole month.
    public var period: Interval { catalog.agreement.calendar.interval(of: month) }

    /// The statement of `service`, whose `timeline` is built from every sample at ``asOf`` or before.
    public func statement(of service: Service, timeline: ServiceTimeline) -> Statement {
        Statement(
            of: service, month: month, asOf: asOf, under: catalog.agreement, timeline: timeline,
            exclusions: exclusions)
    }
}
