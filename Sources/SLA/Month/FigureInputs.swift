/// Everything that a month's figures are computed from, but the samples: the agreement and the paid terms (in the
/// catalogue), the exclusions, what was agreed as compensation, and the instant of knowledge. Equal inputs and equal
/// samples give equal digits.
public struct FigureInputs: Hashable, Sendable {
    /// The month.
    public var month: CivilMonth
    /// The instant up to which things are known.
    public var asOf: Instant
    /// The agreement and the services with their paid terms, as they are to be counted.
    public var catalog: Catalog
    /// The exclusions of any service and any time; those that are not known at ``asOf`` are passed over.
    public var exclusions: [Exclusion]
    /// What was agreed as compensation, of any service and any month, in the order in which it was recorded; what is
    /// not known at ``asOf`` is passed over.
    public var negotiations: [Negotiation]

    /// The inputs of `month`'s figures.
    public init(
        month: CivilMonth, asOf: Instant, catalog: Catalog, exclusions: [Exclusion], negotiations: [Negotiation] = []
    ) {
        self.month = month
        self.asOf = asOf
        self.catalog = catalog
        self.exclusions = exclusions
        self.negotiations = negotiations
    }

    /// The whole month.
    public var period: Interval { catalog.agreement.calendar.interval(of: month) }

    /// The figures of `service`, whose `timeline` is built from every sample at ``asOf`` or before.
    public func figures(of service: Service, timeline: ServiceTimeline) -> MonthFigures {
        MonthFigures(
            of: service, month: month, asOf: asOf, under: catalog.agreement, timeline: timeline,
            exclusions: exclusions, negotiations: negotiations)
    }
}
