import Intake
import Reporting
import SLA

/// What a report is asked for: of which time and of which services, as things are or as they might be.
public struct ReportRequest: Sendable {
    /// Of which time.
    public var period: ReportPeriod
    /// Only of the services of these customers; of all where none is named.
    public var customers: [String]
    /// Only of these services; of all where none is named. Of both, what is in both.
    public var services: [String]
    /// What is supposed; nil for what is.
    public var hypothesis: Hypothesis?

    /// A request.
    public init(
        of period: ReportPeriod, customers: [String] = [], services: [String] = [],
        supposing hypothesis: Hypothesis? = nil
    ) {
        self.period = period
        self.customers = customers
        self.services = services
        self.hypothesis = hypothesis
    }

    /// The report, and of a longer time each of its months beside it.
    ///
    /// - Parameters:
    ///   - known: what a name can mean.
    ///   - facts: the identifiers that a hypothesis may take away besides those of `inputs`.
    ///   - inputs: what the figures of a time are computed from.
    ///   - timeline: of a service by inputs.
    /// - Throws: `Unknown`; what `inputs` and `timeline` throw.
    func document(
        among known: Catalog, facts: [String] = [], inputs: (ReportPeriod) throws -> FigureInputs,
        timeline: (Service, FigureInputs) throws -> ServiceTimeline
    ) throws -> ReportDocument {
        try requireKnown(known)
        let all = try inputs(period)
        try hypothesis?.requireKnown(among: facts, all)
        let shown = shown(of: all)
        func own(_ inputs: FigureInputs) -> FigureInputs {
            let supposed = hypothesis.map(inputs.supposing) ?? inputs
            return customers.isEmpty && services.isEmpty ? supposed : supposed.restricted(to: shown)
        }
        var report = try MonthlyReport(own(all), timeline: timeline)
        for month in report.pastMonths {
            report.add(month: try MonthlyReport(own(inputs(.month(month))), timeline: timeline))
        }
        return ReportDocument(report, supposing: hypothesis)
    }

    /// What is asked for of `inputs`, and nothing of anybody else.
    ///
    /// - Throws: `Unknown`.
    func selection(of inputs: FigureInputs, among known: Catalog) throws -> FigureInputs {
        try requireKnown(known)
        return inputs.restricted(to: shown(of: inputs))
    }

    private func requireKnown(_ known: Catalog) throws(Unknown) {
        for customer in customers { try known.requiredCustomer(customer) }
        for service in services { _ = try known.requiredService(service) }
    }

    private func shown(of inputs: FigureInputs) -> Set<String> {
        Set(inputs.catalog.services.filter(isAbout).map(\.id))
    }

    private func isAbout(_ service: Service) -> Bool {
        (customers.isEmpty || customers.contains(service.customer))
            && (services.isEmpty || services.contains(service.id))
    }
}

extension Hypothesis {
    /// Requires that what it takes away is there, and that nothing which it adds is there already.
    fileprivate func requireKnown(among facts: [String], _ inputs: FigureInputs) throws {
        let known = Set(facts + inputs.exclusions.map(\.id) + inputs.corrections.map(\.id))
        for id in without where !known.contains(id) { throw Unknown(.fact, id, among: known.sorted()) }
        var names = known.subtracting(without)
        let again = (exclusions.map(\.id) + corrections.map(\.id)).filter { !names.insert($0).inserted }
        if again.isEmpty { return }
        throw Refusal(
            lines: again.map { id in
                "\(files.joined(separator: ", ")): id: \(Diagnostic.quoted(id)) is recorded already, expected another, or "
                    + "--without \(id) as well"
            })
    }
}
