/// What `Package.swift` lets each module of ours stand on.
struct PackageManifest {
    /// The targets of ours that each module depends on.
    let targets: [String: Set<String>]
    /// The products of other packages that each module depends on.
    let products: [String: Set<String>]

    init(_ text: String) {
        let lines = text.split(separator: "\n").filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }
        let text = lines.joined(separator: "\n")
        let named = text.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/)
        let names = Dictionary(named.map { (String($0.1), String($0.2)) }, uniquingKeysWith: { first, _ in first })
        var targets: [String: Set<String>] = [:]
        var products: [String: Set<String>] = [:]
        let modules = text.matches(of: /module\(\s*"(\w+)",\s*\[([^\]]*)\]/).map { ($0.1, $0.2) }
        let programs = text.matches(of: /\.executableTarget\(\s*name: "(availd)",\s*dependencies: \[([^\]]*)\]/)
        for (module, list) in modules + programs.map({ ($0.1, $0.2) }) {
            let dependencies = list.split { $0 == "," || $0.isWhitespace }
            targets[String(module)] = Set(dependencies.filter { $0.hasPrefix("\"") }.map { $0.filter { $0 != "\"" } })
            products[String(module)] = Set(
                dependencies.filter { !$0.hasPrefix("\"") }.map { names[String($0)] ?? String($0) })
        }
        self.targets = targets
        self.products = products
    }

    /// Where it says other than `layers` and `owners`; a product without an owner is anybody's.
    func disagreements(with layers: [String: Set<String>], owners: [String: String]) -> [String] {
        var found: [String] = []
        for module in Set(targets.keys).union(layers.keys).sorted() {
            let (packaged, drawn) = (targets[module], layers[module])
            if packaged != drawn {
                found.append("\(module) stands on \(Self.list(packaged)), and may import \(Self.list(drawn))")
            }
        }
        for (module, products) in products.sorted(by: { $0.key < $1.key }) {
            for product in products.sorted() {
                guard let owner = owners[product], owner != module else { continue }
                found.append("\(product) is used by \(module), and owned by \(owner)")
            }
        }
        return found
    }

    private static func list(_ names: Set<String>?) -> String {
        names.map { $0.isEmpty ? "nothing" : $0.sorted().joined(separator: ", ") } ?? "nobody knows what"
    }
}
