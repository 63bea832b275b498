/// A month of all services, or a longer time of them: the figures of each, in the catalogue's order.
public struct MonthlyReport: Hashable, Sendable {
    /// What it is of.
    public let reported: ReportPeriod
    /// The instant up to which things were known.
    public let asOf: Instant
    /// What was in force at the month's beginning; each of ``figures`` knows what judges it.
    public let agreement: Agreement
    /// The customers.
    public let customers: [Customer]
    /// The figures of each service, sorted by customer, then by service.
    public let figures: [MonthFigures]
    /// How often maintenance was used (clause 6.2).
    public let maintenance: MaintenanceUsage
    /// Where the month is heading, for each of ``figures``; nil where it is over.
    public let forecasts: [Forecast?]
    /// Of a longer time, what each service's months in it came to by themselves, by its identifier.
    public internal(set) var months: [String: [MonthOutcome]] = [:]

    /// The calendar month that it is of; nil of a longer time.
    public var month: CivilMonth? { reported.month }

    /// The report that follows from `inputs`.
    ///
    /// - Parameter timeline: of each service by the inputs that it is given, built from every sample at `asOf` or before:
    ///   see ``FigureInputs/timeline(of:feed:)``.
    public init(_ inputs: FigureInputs, timeline: (Service, FigureInputs) throws -> ServiceTimeline) rethrows {
        reported = inputs.reported
        asOf = inputs.asOf
        agreement = inputs.catalog.agreement.at(inputs.period.start)
        customers = inputs.catalog.customers
        let index = ExclusionIndex(inputs.exclusions)
        var (all, forecasts): ([MonthFigures], [Forecast?]) = ([], [])
        // Of whom the report says nothing, it says nothing here (clause 5).
        var concerning: Set<Exclusion> = []
        for service in inputs.catalog.services {
            var own = inputs.own(of: service)
            own.exclusions = index.concerning(service)
            concerning.formUnion(own.exclusions)
            let figures = try own.figures(of: service, timeline)
            all.append(figures)
            forecasts.append(Forecast(of: figures, exclusions: own.exclusions))
        }
        figures = all
        maintenance = MaintenanceUsage(of: Array(concerning), in: inputs.period, asOf: inputs.asOf)
        self.forecasts = forecasts
    }

    /// The objectives that judge any of it, in percent, the lowest first.
    public var objectives: [ExactDecimal] {
        let all = figures.map(\.objective).sorted()
        return all.isEmpty
            ? [agreement.objective] : all.enumerated().filter { $0 == 0 || all[$0 - 1] != $1 }.map(\.element)
    }

    /// The voids and downtimes that touch any of it, applied or not, each once, with the services that they touch.
    public var corrections: [(correction: Correction, services: [String])] {
        var services: [Correction: [String]] = [:]
        for own in figures {
            for correction in own.corrections + own.refusedCorrections {
                services[correction, default: []].append(own.service.id)
            }
        }
        return services.map { ($0.key, $0.value) }.sorted { a, b in
            (a.correction.interval.start, a.correction.id) < (b.correction.interval.start, b.correction.id)
        }
    }

    /// The exclusions that are applied to nothing, each once, with the services it would have touched.
    public var refused: [(refused: RefusedExclusion, services: [String])] {
        var services: [RefusedExclusion: [String]] = [:]
        for own in figures {
            for refused in own.refused { services[refused, default: []].append(own.service.id) }
        }
        return services.map { ($0.key, $0.value) }.sorted { a, b in
            let (first, second) = (a.refused.exclusion, b.refused.exclusion)
            return (first.interval.start, first.id) < (second.interval.start, second.id)
        }
    }
}
