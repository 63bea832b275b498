import Testing

/// The checker finds what it is for, and nothing in innocent text.
@Suite struct CheckerTests {
    @Test(arguments: [
        ("SLA/Time/Clock.swift", "import Foundation", "SLA must not import Foundation"),
        ("SLA/A.swift", "import Dispatch", "SLA must not import Dispatch"),
        ("SLA/A.swift", "import Glibc", "SLA must not import Glibc"),
        ("SLA/A.swift", "import Intake", "SLA must not import Intake"),
        ("SLA/A.swift", "public import struct Foundation.URL", "SLA must not import Foundation"),
        ("SLA/A.swift", "let a = 1; import Foundation", "SLA must not import Foundation"),
        ("SLA/A.swift", "let now = Date()", "the contract knows nothing of Date"),
        ("SLA/A.swift", "let now = ContinuousClock().now", "the contract knows nothing of ContinuousClock"),
        ("SLA/A.swift", "ProcessInfo.processInfo.environment", "the contract knows nothing of ProcessInfo"),
        ("SLA/A.swift", "FileManager.default.contents(atPath: p)", "the contract knows nothing of FileManager"),
        ("SLA/A.swift", #"let text = "at \(Date())""#, "the contract knows nothing of Date"),
        ("SLA/A.swift", #"let text = "//"; let share: Double = 0.99"#, "the contract knows nothing of Double"),
        ("SLA/A.swift", #"let text = "(\(a(b)))"; print(text)"#, "the contract knows nothing of print"),
        ("Intake/CSV.swift", "import Foundation", "Intake must not import Foundation"),
        ("Intake/CSV.swift", "import Configuration", "Intake must not import Configuration"),
        ("Configuration/A.swift", "import Ledger", "Configuration must not import Ledger"),
        ("Interchange/A.swift", "import Configuration", "Interchange must not import Configuration"),
        ("Probing/A.swift", "@preconcurrency import Alerting", "Probing must not import Alerting"),
        ("Ledger/A.swift", "@testable import Probing", "Ledger must not import Probing"),
        ("Ledger/A.swift", "import CShims", "Ledger must not import CShims"),
        ("Alerting/A.swift", "internal import Reporting", "Alerting must not import Reporting"),
        ("Reporting/A.swift", "import Interchange", "Reporting must not import Interchange"),
        ("Reporting/A.swift", "import Monitor", "Reporting must not import Monitor"),
        ("Mail/A.swift", "import Probing", "Mail must not import Probing"),
        ("Ledger/A.swift", "import availd", "Ledger must not import availd"),
        ("Monitor/A.swift", "import availd", "Monitor must not import availd"),
        ("Probing/A.swift", "import CLibcurl", "CLibcurl belongs to Curl, not to Probing"),
        ("Mail/A.swift", "import CLibcurl", "CLibcurl belongs to Curl, not to Mail"),
        ("Alerting/A.swift", "import CAres", "CAres belongs to Probing, not to Alerting"),
        ("Monitor/A.swift", "import GRDB", "GRDB belongs to Ledger, not to Monitor"),
        ("availd/A.swift", "import SQLite3", "SQLite3 belongs to Ledger, not to availd"),
        ("Reporting/A.swift", "import CLibyaml", "CLibyaml belongs to Configuration, not to Reporting"),
        ("Monitor/A.swift", "import Crypto", "Crypto belongs to Digests, not to Monitor"),
        ("Ledger/A.swift", "import ArgumentParser", "ArgumentParser belongs to availd, not to Ledger"),
    ])
    func finds(path: String, text: String, what: String) {
        #expect(Architecture.violations(path: path, text: "// A file.\n" + text) == ["\(path):2: \(what)"])
    }

    @Test(arguments: [
        ("SLA/A.swift", "/// Not a `Date()`; import Foundation nowhere.\nstruct CivilDate {}"),
        ("SLA/A.swift", "/* import Foundation /* nested */ Date() */ let a = 1"),
        ("SLA/A.swift", #"let text = "import Foundation; Date() \" ProcessInfo""#),
        ("SLA/A.swift", "let text = \"\"\"\n    import Foundation\n    \"\"\""),
        ("SLA/A.swift", ##"let text = #"a " Date() \(Date())"#"##),
        ("SLA/A.swift", "let important = updates; func dated(byDate: Int) {}"),
        ("Intake/A.swift", "import SLA"),
        ("Probing/A.swift", "import CAres\nimport Curl\nimport Dispatch\nimport Glibc\nimport SLA"),
        ("Ledger/A.swift", "import Foundation\nimport GRDB\nimport SLA"),
        ("Curl/A.swift", "import Addresses\nimport CLibcurl\nimport Foundation"),
        ("Digests/A.swift", "import SLA\n\nimport struct Crypto.SHA256"),
        ("Interchange/A.swift", "import Digests\nimport Intake\nimport SLA"),
        ("availd/A.swift", "import ArgumentParser\nimport Monitor"),
    ])
    func passes(path: String, text: String) {
        #expect(Architecture.violations(path: path, text: text) == [])
    }

    /// A module that nobody has given a place is not passed over.
    @Test func unknownModule() {
        #expect(
            Architecture.violations(path: "Billing/A.swift", text: "") == [
                "Billing/A.swift: the module Billing has no layer"
            ])
    }

    @Test func everyViolationIsNamedWithItsLine() {
        let text = "import SLA\nimport Ledger\n\nimport GRDB\n"
        #expect(
            Architecture.violations(path: "Reporting/CSV.swift", text: text) == [
                "Reporting/CSV.swift:2: Reporting must not import Ledger",
                "Reporting/CSV.swift:4: GRDB belongs to Ledger, not to Reporting",
            ])
    }
}
