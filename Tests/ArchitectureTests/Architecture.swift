/// Who may import whom: data flows inwards, and each outside thing has one owner.
enum Architecture {
    /// The modules of ours that each module may import.
    static let layers: [String: Set<String>] = [
        "SLA": [],
        "Intake": ["SLA"],
        "Platform": ["SLA"],
        "Digests": ["SLA"],
        "Configuration": ["SLA", "Intake"],
        "Interchange": ["SLA", "Intake", "Digests"],
        "Probing": ["SLA", "Platform", "CLibcurl", "CAres", "CShims"],
        "Ledger": ["SLA", "Intake", "Digests"],
        "Alerting": ["SLA", "CShims"],
        "Reporting": ["SLA", "Intake", "Platform"],
        "Mail": ["SLA", "CLibcurl"],
        "UseCases": [
            "SLA", "Intake", "Platform", "Digests", "Configuration", "Probing", "Ledger", "Reporting", "Mail",
        ],
        "Monitor": [
            "SLA", "Platform", "Configuration", "Probing", "Ledger", "Alerting", "Reporting", "UseCases", "CShims",
        ],
        "availd": [
            "SLA", "Platform", "Intake", "Configuration", "Interchange", "Probing", "Ledger", "Alerting", "Reporting",
            "UseCases", "Monitor", "CShims",
        ],
    ]

    /// Modules that import nothing but ours, not even the system's.
    static let pure: Set = ["SLA", "Intake"]

    /// The modules that speak to each library: one, but for libcurl, which probes and sends mail.
    static let owners: [String: [String]] = [
        "CLibcurl": ["Probing", "Mail"], "CAres": ["Probing"],
        "GRDB": ["Ledger"], "GRDBSQLite": ["Ledger"], "SQLite3": ["Ledger"], "CSQLite": ["Ledger"],
        "Crypto": ["Digests"],
        "Yams": ["Configuration"],
        "ArgumentParser": ["availd"],
    ]

    /// What the contract must not know: clocks, files, the environment, threads, chance, and inexact numbers.
    static let foreignToContract: Set = [
        "Date", "Calendar", "TimeZone", "DateFormatter", "ContinuousClock", "SuspendingClock", "Task", "Thread",
        "DispatchQueue", "DispatchTime", "ProcessInfo", "CommandLine", "FileManager", "FileHandle", "Bundle", "getenv",
        "clock_gettime", "gettimeofday", "time_t", "fopen", "print", "readLine", "SystemRandomNumberGenerator",
        "random", "randomElement", "shuffled", "hashValue", "Double", "Float",
    ]

    /// What is wrong with `text` as the file at `path` below `Sources`, each as `path:line: what`.
    static func violations(path: String, text: String) -> [String] {
        let module = String(path.prefix { $0 != "/" })
        guard let allowed = layers[module] else { return ["\(path): the module \(module) has no layer"] }
        let source = SwiftSource(text)
        var found: [(line: Int, what: String)] = source.imports.compactMap { line, imported in
            refusal(of: imported, in: module, allowed: allowed).map { (line, $0) }
        }
        if module == "SLA" {
            found += source.identifiers.filter { foreignToContract.contains($0.name) }
                .map { ($0.line, "the contract knows nothing of \($0.name)") }
        }
        return found.sorted { $0.line < $1.line }.map { "\(path):\($0.line): \($0.what)" }
    }

    private static func refusal(of imported: String, in module: String, allowed: Set<String>) -> String? {
        if let owners = owners[imported], !owners.contains(module) {
            return "\(imported) belongs to \(owners.joined(separator: " and ")), not to \(module)"
        }
        let isOurs = layers[imported] != nil || imported == "CShims"
        if allowed.contains(imported) || (!isOurs && !pure.contains(module)) { return nil }
        return "\(module) must not import \(imported)"
    }
}
