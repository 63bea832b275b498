/// Who may import whom: data flows inwards, and each outside thing has one owner.
enum Architecture {
    /// The modules of ours that each module may import.
    static let layers: [String: Set<String>] = [
        "SLA": [],
        "Intake": ["SLA"],
        "Platform": ["SLA", "CShims"],
        "Addresses": ["CIdn2"],
        "Patterns": ["CPcre2"],
        "Curl": ["SLA", "Platform", "Addresses", "CLibcurl"],
        "Digests": ["SLA"],
        "Configuration": ["SLA", "Intake", "Addresses", "Patterns", "CLibyaml"],
        "Interchange": ["SLA", "Intake", "Digests"],
        "Probing": [
            "SLA", "Platform", "CAres", "CZlib", "CBrotli", "CZstd", "CShims", "Addresses", "Patterns", "Curl",
        ],
        "Ledger": ["SLA", "Intake", "Digests", "CSQLite"],
        "Wording": ["SLA"],
        "Alerting": ["SLA", "Wording", "CShims"],
        "Reporting": ["SLA", "Intake", "Platform", "Wording"],
        "Mail": ["SLA", "Curl"],
        "UseCases": [
            "SLA", "Intake", "Platform", "Addresses", "Digests", "Wording", "Configuration", "Interchange", "Ledger",
            "Reporting",
            "Mail",
        ],
        "Monitor": [
            "SLA", "Platform", "Digests", "Wording", "Configuration", "Probing", "Ledger", "Alerting", "Reporting",
            "UseCases",
        ],
        "availd": [
            "SLA", "Platform", "Intake", "Configuration", "Interchange", "Probing", "Ledger", "Reporting", "UseCases",

            "Monitor",
        ],
    ]

    /// Modules that import nothing but ours and what they own, not even the system's.
    static let pure: Set = ["SLA", "Intake"]

    /// The one module that speaks to each library.
    static let owners = [
        "CLibcurl": "Curl", "CAres": "Probing", "CZlib": "Probing", "CBrotli": "Probing", "CZstd": "Probing",
        "CIdn2": "Addresses", "CPcre2": "Patterns",
        "GRDB": "Ledger", "GRDBSQLite": "Ledger", "SQLite3": "Ledger", "CSQLite": "Ledger",
        "Crypto": "Digests",
        "HeapModule": "SLA",
        "CLibyaml": "Configuration",
        "ArgumentParser": "availd",
    ]

    /// The folders of the contract, from below to above: each may use those before it, and no others.
    static let contractFolders = [
        "Text", "Collections", "Time", "Quantities", "Checks", "Rules", "Agreement", "Settlements", "Catalog",
        "Changes", "Exclusions", "Causes", "Corrections", "Samples", "Samples/Packed", "ServiceTime", "Sight",
        "Schedule", "Month", "Explanation", "RunningMonth", "Analysis", "Maintenance", "Reports", "Closing",
        "Incidents", "Alerts", "Alerts/Services", "Facts", "Recording", "Monitor",
    ]

    /// How many Swift files a folder may hold: fewer are no folder, more are not taken in at a look.
    static let folderSizes = 2...15

    /// Folders of other sizes, and how many files they may hold: what is kept of each fact is in a folder below.
    static let otherSizes = ["Ledger": 1]

    /// The most lines of a file.
    static let longestFile = 300

    /// Which folders are of a wrong size, of the files at `paths` below `Sources`.
    static func wrongSizes(_ paths: [String]) -> [String] {
        let folders = Dictionary(grouping: paths) { $0.split(separator: "/").dropLast().joined(separator: "/") }
        return folders.sorted { $0.key < $1.key }.compactMap { folder, files in
            if folderSizes.contains(files.count) || otherSizes[folder] == files.count { return nil }
            return
                "\(folder) holds \(files.count) files, expected \(folderSizes.lowerBound) to \(folderSizes.upperBound)"
        }
    }

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
        if let owner = owners[imported], owner != module { return "\(imported) belongs to \(owner), not to \(module)" }
        let isOurs = layers[imported] != nil || imported == "CShims"
        let isFree = !isOurs && !pure.contains(module)
        if allowed.contains(imported) || owners[imported] == module || isFree { return nil }
        return "\(module) must not import \(imported)"
    }
}
