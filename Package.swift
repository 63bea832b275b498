// swift-tools-version:6.2
import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

/// A target of our own: Swift 6 language mode, warnings are errors.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource] = []
) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// The parsers' properties. `swift test` replays the kept inputs; with AVAILD_FUZZ set, as Tests/Fuzz/run.sh builds it,
/// they become a program that libFuzzer drives, which links with its sanitizers alone.
let parsers: [Target.Dependency] = [
    "SLA", "Addresses", "Curl", "Intake", "Configuration", "Interchange", "Patterns", "Probing", "Reporting",
    "Wording",
]
let fuzz: Target =
    Context.environment["AVAILD_FUZZ"] == nil
    ? .testTarget(
        name: "FuzzTests", dependencies: parsers, path: "Tests/Fuzz",
        exclude: ["Corpus", "words", "Fuzzer.swift", "run.sh"],
        swiftSettings: strict)
    : .executableTarget(
        name: "fuzz", dependencies: parsers, path: "Tests/Fuzz",
        exclude: ["Corpus", "words", "CorpusTests.swift", "run.sh"],
        swiftSettings: strict)

let package = Package(
    name: "availd",
    products: [
        .executable(name: "availd", targets: ["availd"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // The contract: pure, imports nothing of ours.
        module("SLA", [heap]),

        // Reading what people wrote: CSV, located diagnostics. No I/O of its own.
        module("Intake", ["SLA"]),

        // This machine's clocks and queues, for whatever runs on it.
        module("Platform", ["SLA", "CShims"]),

        // IP addresses and networks, and names as the network knows them.
        module("Addresses", ["CIdn2"]),

        // Regular expressions, of whoever reads them and of whoever searches by them.
        module("Patterns", ["CPcre2"]),

        // libcurl, for whatever speaks by it.
        module("Curl", ["SLA", "Platform", "Addresses", "CLibcurl"]),

        // SHA-256, of what is kept and of what is read.
        module("Digests", ["SLA", crypto]),

        // Causes, reasons and alerts in words, in the reader's language.
        module("Wording", ["SLA"]),

        // One adapter per outside thing; none imports another.
        module("Configuration", ["SLA", "Intake", "Addresses", "Patterns", "CLibyaml"]),
        module("Interchange", ["SLA", "Intake", "Digests"]),
        module(
            "Probing",
            [
                "SLA", "Platform", "CAres", "CZlib", "CBrotli", "CZstd", "CShims", "Addresses", "Patterns", "Curl",
            ]),
        module("Ledger", ["SLA", "Intake", "Digests", "CSQLite", grdb, sqlite]),
        module("Alerting", ["SLA", "Wording", "CShims"]),
        module("Reporting", ["SLA", "Intake", "Platform", "Wording"]),
        module("Mail", ["SLA", "Curl"]),

        // What a person or the daemon can ask for: values in, values out.
        module(
            "UseCases",
            [
                "SLA", "Intake", "Platform", "Addresses", "Digests", "Wording", "Configuration", "Interchange",
                "Ledger",
                "Reporting", "Mail",
            ]),

        // The daemon wires the adapters; the program parses, calls, prints.
        module(
            "Monitor",
            [
                "SLA", "Platform", "Digests", "Wording", "Configuration", "Probing", "Ledger", "Alerting", "Reporting",
                "UseCases", log,
            ]),
        .executableTarget(
            name: "availd",
            dependencies: [
                "SLA", "Intake", "Platform", "Configuration", "Interchange", "Probing", "Ledger", "Reporting",
                "UseCases", "Monitor", log, arguments,
            ],
            swiftSettings: strict),

        // One owner for each C library.
        .target(name: "CLibcurl", linkerSettings: [.linkedLibrary("curl")]),
        .systemLibrary(name: "CAres", pkgConfig: "libcares", providers: [.apt(["libc-ares-dev"])]),
        .systemLibrary(name: "CIdn2", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"])]),
        .systemLibrary(name: "CPcre2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CLibyaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "CShims"),
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),

        // What a probe costs, beside a bare C loop: see Benchmarks/probe-loop/run.sh.
        .executableTarget(
            name: "probe-benchmark", dependencies: ["Probing", "Addresses", "SLA"], path: "Benchmarks/probe-benchmark",
            swiftSettings: strict),

        // What it costs to decode and to search a page: see Benchmarks/text/run.sh.
        .executableTarget(
            name: "text-benchmark", dependencies: ["Probing", "Addresses", "SLA"], path: "Benchmarks/text",
            exclude: ["run.sh"], swiftSettings: strict),

        // How many samples a second the pure calculation takes.
        .executableTarget(
            name: "timeline-benchmark", dependencies: ["SLA"], path: "Benchmarks/timeline", exclude: ["run.sh"],
            swiftSettings: strict),

        // What a sample costs the daemon on the first and on the last day of a month.
        .executableTarget(
            name: "watch-benchmark", dependencies: ["SLA"], path: "Benchmarks/watch", swiftSettings: strict),

        // What a turn of the daemon costs where there is much to decide at once.
        .executableTarget(
            name: "turn-benchmark", dependencies: ["SLA", "Platform", "Ledger", "Monitor", log],
            path: "Benchmarks/turn", swiftSettings: strict),

        tests("AddressesTests", ["Addresses"]),
        tests("PatternsTests", ["Patterns"]),
        tests("CurlTests", ["Platform", "Addresses", "Curl"]),
        tests("IntakeTests", ["SLA", "Intake"]),
        tests("InterchangeTests", ["SLA", "Intake", "Digests", "Interchange", "Wording"], exclude: ["Fixtures"]),
        tests("ReportingTests", ["SLA", "Reporting", "DocumentSupport"], exclude: ["Golden"]),
        tests("WordingTests", ["SLA", "SLAOracle", "Wording"]),
        tests("MailTests", ["SLA", "Mail"]),
        tests("AlertingTests", ["SLA", "Alerting"]),
        tests(
            "UseCasesTests",
            [
                "SLA", "Intake", "Configuration", "Interchange", "Ledger", "Mail", "Reporting", "UseCases",
                "DocumentSupport",
            ],
            exclude: ["Golden"]),
        tests(
            "CommandTests", ["availd", "SLA", "Intake", "Ledger", "LedgerSupport", "DocumentSupport", arguments],
            exclude: ["Golden"]),
        // What documents are held against.
        .target(name: "DocumentSupport", path: "Tests/DocumentSupport", swiftSettings: strict),
        tests(
            "MonitorTests",
            [
                "SLA", "SLAOracle", "Digests", "Ledger", "LedgerSupport", "Configuration", "Platform", "Probing",
                "Monitor", "Reporting",
                "UseCases", "Wording", grdb, log,
            ]),
        // What the contract is held against: semantics.md the slow way, random worlds, drawn scenarios.
        .target(name: "SLAOracle", dependencies: ["SLA", "Wording"], path: "Tests/SLAOracle", swiftSettings: strict),
        tests("SLATests", ["SLA", "SLAOracle", "Wording"], exclude: ["Scenarios"]),

        // Every small world under every pair of exclusions: too many for a debug build.
        .executableTarget(
            name: "small-worlds", dependencies: ["SLA", "SLAOracle"], path: "Tests/SmallWorlds", swiftSettings: strict),
        tests("ArchitectureTests", [], exclude: ["module-graph.py"]),
        tests("ConfigurationTests", ["SLA", "Intake", "Configuration"], exclude: ["Bad"]),
        tests(
            "LedgerTests", ["SLA", "SLAOracle", "Digests", "Ledger", "LedgerChild", "LedgerSupport", grdb],
            exclude: ["Migrations"]),
        // What a test puts into a ledger that no use case would.
        .target(
            name: "LedgerSupport", dependencies: ["SLA", "SLAOracle", "Ledger"], path: "Tests/LedgerSupport",
            swiftSettings: strict),
        .executableTarget(
            name: "LedgerChild", dependencies: ["SLA", "Ledger", "LedgerSupport"], path: "Tests/LedgerChild",
            swiftSettings: strict),
        tests("ProbingTests", ["Probing", "Addresses", "Curl", "SLA", "Wording"]),
        fuzz,
    ]
)
