import Intake
import SLA

/// Makes a ``Configuration`` out of all the files.
struct ConfigurationDecoder {
    let secrets: SecretDecoder
    let environment: [String: String]
    let findings: Findings

    /// The keys that may be written once, in whichever file.
    private static let singleKeys = [
        "provider", "agreement", "defaults", "probing", "state_directory", "alerts", "notices",
    ]

    /// The configuration in `sources`. It is to be used only where no mistakes were found.
    func decode(_ sources: SourceTree) -> Configuration {
        let single = singles(sources.documents)
        let agreement = agreement(single["agreement"], sources)
        var customers = CustomerDecoder()
        for document in sources.documents { document["customers"].map { customers.decode($0) } }
        let probing = OperationDecoder.probing(single["probing"])
        var services = ServiceDecoder(
            defaults: defaults(single["defaults"]), terms: TermsDecoder(calendar: agreement.calendar),
            currency: agreement.compensation.currency,
            probes: ProbeDecoder(secrets: secrets, bodyLimit: probing.bodyLimit),
            customers: sources.isComplete ? customers.places : nil)
        for document in sources.documents { document["services"].map { services.decode($0) } }
        for inventory in sources.inventories {
            let rows = InventoryReader(path: inventory.path, place: inventory.place).rows()
            for row in rows { services.decode(service: row) }
        }
        let stateDirectory = OperationDecoder.stateDirectory(single["state_directory"], environment: environment)
        let catalog = Catalog(agreement: agreement, customers: customers.customers, services: services.services)
        let provider = OperationDecoder.provider(single["provider"])
        let alerts = OperationDecoder.alerts(single["alerts"])
        let references = ReferenceDecoder(networks: provider.networks, zones: provider.zones)
        return Configuration(
            catalog: catalog, provider: provider, allowAddresses: probing.allowAddresses,
            references: references.decode(probing.references, beside: catalog.allChecks),
            stateDirectory: stateDirectory, syslog: alerts.syslog, announcing: alerts.announcing,
            notices: NoticesDecoder(secrets: secrets, stateDirectory: stateDirectory).decode(single["notices"]),
            files: sources.files)
    }

    /// The one place of each single key.
    private func singles(_ documents: [Section]) -> [String: Field] {
        var result: [String: Field] = [:]
        for document in documents {
            for key in Self.singleKeys {
                guard let field = document[key] else { continue }
                if let first = result[key] {
                    field.report("\(key) a second time, first at \(first.place)")
                } else {
                    result[key] = field
                }
            }
        }
        return result
    }

    private func agreement(_ field: Field?, _ sources: SourceTree) -> Agreement {
        if let field { return AgreementDecoder(zones: TimeZoneDatabase(environment: environment)).decode(field) }
        if sources.isComplete, let main = sources.files.first {
            findings.report(
                Diagnostic(
                    file: main, field: "agreement", message: "missing, expected agreement: {timezone: Asia/Ho_Chi_Minh}"
                ))
        }
        return Agreement(calendar: CivilCalendar(zone: .utc))
    }

    private func defaults(_ field: Field?) -> CheckTiming? {
        guard let timing = field?.section(CheckTiming.keys).map(CheckTiming.init) else { return nil }
        // The defaults must hold by themselves, whether or not a service uses them.
        _ = CheckTiming.resolve([timing])
        return timing
    }
}
