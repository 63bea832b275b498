import Configuration
import Foundation
import Intake
import SLA

/// A configuration is refused with places, or is one that a daemon can begin with.
enum ConfigurationProperty {
    /// A directory of this process's own, gone with it, with two time zones in it.
    private struct Directory {
        let path: String

        init(_ name: String) throws {
            path = ConfigurationProperty.root + "/" + name
            atexit { try? FileManager.default.removeItem(atPath: ConfigurationProperty.root) }
            for zone in ["Asia/Ho_Chi_Minh", "Europe/Berlin"] {
                try write(try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + zone)), to: zone)
            }
        }

        func write(_ bytes: Data, to name: String) throws {
            let url = URL(filePath: path).appending(path: name)
            let folder = url.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try bytes.write(to: url)
        }
    }

    private static let root = NSTemporaryDirectory() + "/availd-fuzz-\(getpid())"
    private static let yaml = Result { try Directory("configuration") }
    private static let inventory = Result {
        let directory = try Directory("inventory")
        let main = "agreement: {timezone: Europe/Berlin}\ncustomers: [{id: acme}]\ninventory: [s.csv]\n"
        try directory.write(Data(main.utf8), to: "availd.yaml")
        return directory
    }

    static func checkYAML(_ bytes: UnsafeRawBufferPointer) throws {
        try check(try yaml.get(), bytes, as: "availd.yaml")
    }

    static func checkInventory(_ bytes: UnsafeRawBufferPointer) throws {
        try check(try inventory.get(), bytes, as: "s.csv")
    }

    private static func check(_ directory: Directory, _ bytes: UnsafeRawBufferPointer, as name: String) throws {
        try directory.write(Data(bytes), to: name)
        let main = directory.path + "/availd.yaml"
        let configuration: Configuration
        do {
            configuration = try Configuration.load(
                path: main, secrets: .ignored,
                environment: ["TZDIR": directory.path, "STATE_DIRECTORY": "/var/lib/availd"])
        } catch {
            guard case .invalid(let diagnostics) = error else {
                throw Violation(description: "\(error)")
            }
            return try Located.demandAll(diagnostics, of: bytes, in: [main, directory.path + "/" + name])
        }
        try demandSound(configuration)
    }

    /// What the rest of the program takes for granted.
    private static func demandSound(_ configuration: Configuration) throws {
        let catalog = configuration.catalog
        let customers = Set(catalog.customers.map(\.id))
        try demand(customers.count == catalog.customers.count, "two customers of one identifier")
        try demand(Set(catalog.services.map(\.id)).count == catalog.services.count, "two services of one identifier")
        try demand(configuration.stateDirectory.hasPrefix("/"), "state in \(configuration.stateDirectory)")
        for service in catalog.services {
            try demand(customers.contains(service.customer), "\(service.id) is nobody's")
            try demand(!service.checks.isEmpty, "\(service.id) has no check")
            try demand(
                Set(service.checks.map(\.id)).count == service.checks.count, "\(service.id) has a check twice")
            for check in service.checks {
                try demand(check.interval > 0 && check.timeout > 0 && check.confirm > 0, "\(check) never looks")
                try demand(check.timeout <= check.interval, "\(check) overlaps itself")
                try demand((1...check.interval).contains(check.retryInterval), "\(check) tries again later than ever")
                try demand((1...65_535).contains(check.probe.port) && !check.probe.host.isEmpty, "\(check) asks nobody")
            }
        }
    }
}
