import SLA

/// What a configuration makes the monitor do, in figures: what an operator looks at before a reload.
public struct ConfigurationPlan: Hashable, Sendable {
    /// How many customers there are.
    public let customers: Int
    /// How many services there are.
    public let services: Int
    /// How many checks there are.
    public let checks: Int
    /// How many probes a second there are while nothing fails, with three decimals, rounded half up.
    public let probesPerSecond: ExactDecimal
    /// The address with the most probes a second, the first by name among equals; nil without checks.
    public let busiest: BusiestAddress?
    /// The shortest and the longest interval, in ms; nil without checks.
    public let intervals: ClosedRange<Milliseconds>?
    /// What is asked whether the monitor sees at all: each URL once, in the order written.
    public let references: [String]
    /// What the references leave open.
    public let referenceRemarks: [ReferenceRemark]
    /// The objective, in percent.
    public let objective: ExactDecimal
    /// The agreement's time zone.
    public let timezone: String
    /// What an admitted exclusion does to its time.
    public let excludedTime: ExcludedTime
    /// The directory of the ledger.
    public let stateDirectory: String
    /// The files that were read.
    public let files: [String]

    /// An address and the probes it gets.
    public struct BusiestAddress: Hashable, Sendable {
        /// `host:port`, an IPv6 host in brackets.
        public let address: String
        /// Its probes a second, as ``ConfigurationPlan/probesPerSecond``.
        public let probesPerSecond: ExactDecimal
        /// Its checks.
        public let checks: Int
    }

    /// The plan of `configuration`.
    public init(_ configuration: Configuration) {
        let catalog = configuration.catalog
        let all = catalog.services.flatMap(\.checks)
        customers = catalog.customers.count
        services = catalog.services.count
        checks = all.count
        probesPerSecond = ProbeRate(all).perSecond
        busiest = Self.busiest(all)
        let lengths = all.map(\.interval)
        intervals = lengths.min().flatMap { shortest in lengths.max().map { shortest...$0 } }
        var urls: [String] = []
        for url in configuration.references.map(\.check.probe.url) where !urls.contains(url) { urls.append(url) }
        references = urls
        referenceRemarks = ReferenceRemark.all(configuration.references, beside: all)
        objective = catalog.agreement.objective
        timezone = catalog.agreement.calendar.zone.name
        excludedTime = catalog.agreement.excludedTime
        stateDirectory = configuration.stateDirectory
        files = configuration.files
    }

    private static func busiest(_ checks: [Check]) -> BusiestAddress? {
        let byAddress = Dictionary(grouping: checks) { check in
            let host = check.probe.connectTo ?? check.probe.host
            return (host.contains(":") ? "[\(host)]" : host) + ":\(check.probe.port)"
        }
        let rates = byAddress.map { (address: $0.key, rate: ProbeRate($0.value), checks: $0.value.count) }
        return rates.max { ($0.rate, $1.address) < ($1.rate, $0.address) }.map {
            BusiestAddress(address: $0.address, probesPerSecond: $0.rate.perSecond, checks: $0.checks)
        }
    }
}

/// How many probes checks make, in 10⁻¹² a second: a fixed point fine enough that cutting each interval's share
/// never shows in three decimals.
private struct ProbeRate: Comparable {
    private let value: Int128

    init(_ checks: [Check]) {
        var counts: [Milliseconds: Int128] = [:]
        for check in checks { counts[check.interval, default: 0] += 1 }
        value = counts.reduce(0) { $0 + $1.value * 1_000_000_000_000_000 / Int128($1.key) }
    }

    var perSecond: ExactDecimal {
        // Half up at the third decimal; the last 1000 make up for what cutting each share took away.
        let thousandths = (value + 500_000_000 + 1_000) / 1_000_000_000
        let digits = String(thousandths % 1000 + 1000).dropFirst()
        return ExactDecimal("\(thousandths / 1000).\(digits)") ?? ExactDecimal(0)
    }

    static func < (a: ProbeRate, b: ProbeRate) -> Bool { a.value < b.value }
}

extension Configuration {
    /// What it makes the monitor do.
    public var plan: ConfigurationPlan { ConfigurationPlan(self) }
}
