import Testing

/// The direction of the arrows in the sources as they are.
@Suite struct ArchitectureTests {
    @Test func everyFileKeepsToItsLayer() throws {
        for file in try Repository.files() {
            for violation in Architecture.violations(path: file.path, text: file.text) {
                Issue.record("\(violation)")
            }
        }
    }

    /// Everything that a figure passes through is counted in integers: the contract, the ledger and the reports.
    @Test func noFloatComesNearAFigure() throws {
        let floats: Set<Substring> = ["Double", "Float", "Float16", "Float32", "Float80", "CGFloat", "TimeInterval"]
        for file in try Repository.files() where ["SLA/", "Ledger/", "Reporting/"].contains(where: file.path.hasPrefix)
        {
            for (number, line) in SwiftSource(file.text).lines.enumerated() {
                let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
                #expect(floats.isDisjoint(with: words), "\(file.path):\(number + 1)")
            }
        }
    }

    /// What people and other programs write is money only as `AmountText` reads it, which knows the currency: where
    /// their words come in, only decimals that are no money are made otherwise.
    @Test func amountsHaveOneReader() throws {
        let roads = ["Configuration/", "Intake/", "Interchange/", "Monitor/", "availd/"]
        var readers: [String] = []
        for file in try Repository.files() where roads.contains(where: file.path.hasPrefix) {
            let calls = SwiftSource(file.text).lines.joined(separator: "\n").matches(
                of: /ExactDecimal(?:\.init|\((?![0-9]))|extension ExactDecimal/)
            readers += calls.map { _ in file.path }
        }
        let others = [
            "Configuration/Document/Field+Values.swift",  // percentages
            "Configuration/Plan/ConfigurationPlan.swift",  // probes a second
            "Interchange/History/Microseconds.swift",  // instants
        ]
        #expect(readers == others)
    }

    /// No error is sworn away, no lint is switched off, and a file is one that a reader can hold.
    @Test func nothingIsForcedOrSwitchedOff() throws {
        for file in try Repository.files() {
            #expect(!file.text.contains("swift-format-ignore"), "\(file.path)")
            let code = SwiftSource(file.text).lines.joined(separator: "\n")
            for forced in ["try!", "as!", "fatalError("] { #expect(!code.contains(forced), "\(file.path): \(forced)") }
            let lines = file.text.utf8.count { $0 == 10 }
            #expect(lines <= Architecture.longestFile, "\(file.path)")
        }
    }

    /// The files were found at all, those of every layer.
    @Test func everyLayerHasFiles() throws {
        let modules = try Set(Repository.files().map { String($0.path.prefix { $0 != "/" }) })
        #expect(modules == Set(Architecture.layers.keys))
    }

    /// Each library is spoken to by its owner, which is one module; what the system brings, and its shims, are everyone's.
    @Test func everyLibraryHasOneOwner() throws {
        let shared: Set = ["CShims", "Dispatch", "Foundation", "Glibc", "Logging", "Synchronization"]
        var importers: [String: Set<String>] = [:]
        for file in try Repository.files() {
            for (_, module) in SwiftSource(file.text).imports where Architecture.layers[module] == nil {
                importers[module, default: []].insert(String(file.path.prefix { $0 != "/" }))
            }
        }
        for (library, modules) in importers where !shared.contains(library) {
            #expect(modules.count == 1 && modules.first == Architecture.owners[library], "\(library): \(modules)")
        }
    }

    /// No layer may reach itself through those it may import.
    @Test func arrowsHaveNoCircle() {
        func reach(_ module: String, _ depth: Int) -> Set<String> {
            let next = Architecture.layers[module] ?? []
            return depth == 0 ? next : next.reduce(next) { $0.union(reach($1, depth - 1)) }
        }
        for module in Architecture.layers.keys {
            #expect(!reach(module, Architecture.layers.count).contains(module), "\(module)")
        }
    }
}
